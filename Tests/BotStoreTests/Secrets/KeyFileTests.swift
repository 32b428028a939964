import Foundation
import Testing

@testable import BotStore

@Suite struct KeyFileTests {
    private func withFolder(_ body: (TemporaryFolder) throws -> Void) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try body(folder)
    }

    private func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? Int)
    }

    @Test func `the first start makes a key file for its owner only, later ones read it`() throws {
        try withFolder { folder in
            let location = DatabaseLocation.sqlite(path: folder.path("data/bothost.sqlite"))
            let first = try location.keys(environment: nil)
            #expect(first.madeFile == folder.path("data/bothost.sqlite.keys"))
            #expect(try mode(folder.path("data")) == 0o700)
            #expect(try mode(folder.path("data/bothost.sqlite.keys")) == 0o600)
            let second = try location.keys(environment: nil)
            #expect(second.madeFile == nil)
            #expect(second.ring.ids == first.ring.ids)
            // An empty variable is an unset one; a set one wins.
            #expect(try location.keys(environment: Secret("")).ring.ids == first.ring.ids)
            #expect(try location.keys(environment: Secret(KeyRing.testText)).ring.ids == ["test"])
        }
    }

    @Test(arguments: [0o640, 0o604, 0o660, 0o644])
    func `a key file that others can read is refused with the mend`(mode: Int) throws {
        try withFolder { folder in
            let path = folder.path("b.sqlite")
            _ = try KeyFile.load(besideDatabaseAt: path)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path + ".keys")
            let refusal = #expect(throws: StoreError.self) { try KeyFile.load(besideDatabaseAt: path) }
            #expect(refusal?.code == .noAccess)
            #expect(refusal?.sentence.hasSuffix("run chmod 600 \(path).keys") == true)
        }
    }

    @Test func `without its key file an existing database gets no new one`() throws {
        try withFolder { folder in
            let path = folder.path("b.sqlite")
            try Data().write(to: URL(fileURLWithPath: path))
            let refusal = #expect(throws: StoreError.self) { try KeyFile.load(besideDatabaseAt: path) }
            #expect(refusal?.code == .wrongKey)
            #expect(refusal?.sentence.contains("put the file back from your backup") == true)
            #expect(!FileManager.default.fileExists(atPath: path + ".keys"))
        }
    }

    @Test func `a key file with nonsense in it is refused without being printed`() throws {
        try withFolder { folder in
            let path = folder.path("b.sqlite")
            _ = try KeyFile.load(besideDatabaseAt: path)
            for text in ["", "CANARY", "k1:CANARY", String(repeating: "CANARY\n", count: 9999)] {
                let handle = try #require(FileHandle(forWritingAtPath: path + ".keys"))
                try handle.truncate(atOffset: 0)
                try handle.write(contentsOf: Data(text))
                try handle.close()
                let refusal = #expect(throws: StoreError.self) { try KeyFile.load(besideDatabaseAt: path) }
                #expect(refusal?.sentence.hasPrefix("The key file \(path).keys is not right: ") == true)
                #expect(refusal?.sentence.contains("CANARY") == false)
            }
        }
    }

    @Test func `a link in the place of the key file is not followed`() throws {
        try withFolder { folder in
            let path = folder.path("b.sqlite")
            _ = try KeyFile.load(besideDatabaseAt: folder.path("real"))
            try FileManager.default.createSymbolicLink(
                atPath: path + ".keys", withDestinationPath: folder.path("real.keys"))
            #expect(throws: StoreError.self) { try KeyFile.load(besideDatabaseAt: path) }
        }
    }
}
