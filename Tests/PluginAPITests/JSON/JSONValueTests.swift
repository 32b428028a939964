import FoundationEssentials
import PluginAPI
import Testing

@Suite struct JSONValueTests {
    let payload: JSONValue = [
        "user": ["id": "U1", "admin": true], "count": 3, "share": 0.5, "list": [1, "two", nil], "whole": 2.0,
    ]

    @Test func `look-ups find what is there and nothing else`() {
        #expect(payload["user"]["id"].string == "U1")
        #expect(payload["user"]["admin"].bool == true)
        #expect(payload["count"].int == 3)
        #expect(payload["share"].double == 0.5)
        #expect(payload["count"].double == 3)
        #expect(payload["whole"].int == 2)
        #expect(payload["share"].int == nil)
        #expect(payload["list"][1].string == "two")
        #expect(payload["list"].array?.count == 3)
        #expect(payload["user"].object?.count == 2)
        #expect(payload["user"]["id"]["deeper"][4]["still"].isNull)
        #expect(payload["list"][3].isNull)
        #expect(payload["list"][-1].isNull)
        #expect(payload["count"].string == nil)
        #expect(payload["user"].bool == nil)
        #expect(JSONValue.integer(1).bool == nil)
        #expect(JSONValue.number(1e300).int == nil)
        #expect(JSONValue.number(.nan).int == nil)
    }

    @Test func `NULs are kept until they are taken off`() throws {
        let value = try JSONValue(decoding: #"{"a\u0000":["x\u0000y",1]}"#.utf8)
        #expect(value["a\0"][0].string == "x\0y")
        #expect(value.withoutNULs == ["a": ["xy", 1]])
    }

    @Test func `a value goes through Foundation's coders unchanged`() throws {
        let bytes = try JSONEncoder().encode(payload)
        let decoded = try JSONDecoder().decode(JSONValue.self, from: bytes)
        #expect(decoded["user"] == payload["user"])
        #expect(decoded["share"] == 0.5)
        #expect(decoded["list"] == payload["list"])
        #expect(try JSONDecoder().decode(JSONValue.self, from: Data("9007199254740993".utf8)) == 9_007_199_254_740_993)
    }

    @Test func `a type is made into a value and read out of one`() throws {
        struct Person: Codable, Equatable {
            var id: String
            var age: Int?
        }
        let ada = Person(id: "U1", age: 36)
        #expect(try JSONValue(encoding: ada) == ["id": "U1", "age": 36])
        #expect(try (["id": "U1", "more": true] as JSONValue).decoded(as: Person.self) == Person(id: "U1"))
        #expect(throws: DecodingError.self) { try (["id": 1] as JSONValue).decoded(as: Person.self) }
    }

    @Test func `it is written with names in order and nothing lost`() throws {
        let value: JSONValue = [
            "b": [1, -2.5, nil, true], "a": "x\"\\\n\u{2028}é😀", "é": [:], "c": 9_007_199_254_740_993,
        ]
        #expect(
            value.description
                == #"{"a":"x\"\\\n\u2028é😀","b":[1,-2.5,null,true],"c":9007199254740993,"é":{}}"#)
        #expect(try JSONValue(decoding: value.encoded) == value)
    }
}
