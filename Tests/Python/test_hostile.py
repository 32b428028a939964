"""Bytes that no Slack sends, over a real socket: the host refuses them and goes on."""

import json
import socket
import time
import urllib.parse
import urllib.request

import pytest
from slack_sdk.signature import SignatureVerifier

from test_signature import post, signed


@pytest.fixture(autouse=True)
def still_alive(sandbox):
    yield
    with urllib.request.urlopen(f"{sandbox.host_url}/healthz", timeout=5) as answer:
        assert answer.status == 200


@pytest.fixture
def verifier(sandbox):
    return SignatureVerifier(sandbox.signing_secret)


def raw(sandbox, data, patience=15):
    """What comes back on a connection of its own until it is closed, and how long that took."""
    address = urllib.parse.urlsplit(sandbox.host_url)
    begun = time.monotonic()
    received = b""
    with socket.create_connection((address.hostname, address.port), timeout=patience) as connection:
        try:
            connection.sendall(data)
            while chunk := connection.recv(65536):
                received += chunk
        except (ConnectionResetError, BrokenPipeError):
            pass
    return received, time.monotonic() - begun


def head(*fields, method="POST", path="/slack/events"):
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *fields, "", ""]).encode()


def status_of(received):
    return int(received.split(b" ", 2)[1]) if received.startswith(b"HTTP/1.1 ") else None


def test_a_body_over_one_mebibyte_is_too_large(sandbox):
    received, _ = raw(sandbox, head("Content-Type: application/json", f"Content-Length: {2 << 20}"))
    assert status_of(received) == 413


def test_a_chunked_body_over_one_mebibyte_is_too_large(sandbox):
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    start = head("Content-Type: application/json", "Transfer-Encoding: chunked")
    received, _ = raw(sandbox, start + chunk * 40 + b"0\r\n\r\n")
    assert status_of(received) in (413, None)


def test_a_head_without_end_is_cut_off(sandbox):
    received, _ = raw(sandbox, head("X-Filler: " + "x" * (1 << 20)))
    assert status_of(received) in (400, 413, 431, None)


def test_a_thousand_fields_are_cut_off(sandbox):
    received, _ = raw(sandbox, head(*[f"X-Field-{number}: x" for number in range(1000)], "Content-Length: 0"))
    assert status_of(received) in (400, 401, 413, 431, None)


def test_a_request_that_never_ends_is_closed_within_its_time(sandbox):
    received, seconds = raw(sandbox, head("Content-Type: application/json", "Content-Length: 100") + b"{", patience=20)
    assert seconds < 15
    assert status_of(received) in (400, 408, None)


@pytest.mark.parametrize(
    "data",
    [b"\x00" * 4096, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET\r\n\r\n", b"POST /slack/events HTTP/9.9\r\n\r\n"],
    ids=["zeros", "a TLS hello", "no path", "a version to come"],
)
def test_what_is_no_http_is_refused(sandbox, data):
    received, _ = raw(sandbox, data)
    assert status_of(received) in (400, 505, None)


def test_a_compressed_body_is_refused(sandbox, verifier):
    body = "ssl_check=1"
    assert post(sandbox, body, {**signed(verifier, body), "Content-Encoding": "gzip"}) == 415


def test_another_kind_of_body_is_taken_and_dropped(sandbox, verifier):
    body = "a,b,c"
    assert post(sandbox, body, {**signed(verifier, body), "Content-Type": "text/csv"}) == 200


@pytest.mark.parametrize(
    "body",
    [
        b"payload=%7B",
        b"payload=" + b"%5B" * 20000,
        b"payload=%FF%FE",
        b"payload=" + urllib.parse.quote(json.dumps({"type": "block_actions", "user": None, "team": 7})).encode(),
        b"payload=" + urllib.parse.quote(json.dumps({"type": "a kind of tomorrow"})).encode(),
        b"payload=" + urllib.parse.quote('{"type":"view_submission","view":{"state":"\\ud800"}}').encode(),
        b"command=%2Fpd&text=" + b"%00" * 100,
        b"command=%2Fpd&command=%2Fpd&team_id=%E2%84%AA",
        b"&&&===%%%",
        b"",
    ],
)
def test_a_signed_form_of_nonsense_is_taken_and_dropped(sandbox, verifier, body):
    timestamp = str(int(time.time()))
    headers = {
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": verifier.generate_signature(timestamp=timestamp, body=body),
    }
    assert post(sandbox, body, headers) == 200


@pytest.mark.parametrize(
    "body",
    ["", "null", "[]", "{", '{"type":', "[" * 5000, '{"type":"event_callback"}', '{"type":7}', '{"a":1,"a":2}', '"\\ud800"'],
)
def test_signed_json_of_nonsense_is_taken_and_dropped(sandbox, verifier, body):
    headers = {**signed(verifier, body), "Content-Type": "application/json"}
    assert post(sandbox, body, headers) == 200
