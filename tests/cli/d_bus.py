"""As much of D-Bus as a test needs to be a client, or a service that misbehaves: its messages over a
socket, by the D-Bus specification, little-endian."""

import os
import socket
import struct

CALL, RETURN, ERROR, SIGNAL = 1, 2, 3, 4
PATH, INTERFACE, MEMBER, ERROR_NAME, REPLY_SERIAL, DESTINATION, SENDER, SIGNATURE = range(1, 9)
FIELD_TYPES = {PATH: "o", INTERFACE: "s", MEMBER: "s", ERROR_NAME: "s", REPLY_SERIAL: "u",
               DESTINATION: "s", SENDER: "s", SIGNATURE: "g"}
ALIGNMENT = {"y": 1, "g": 1, "v": 1, "b": 4, "u": 4, "s": 4, "o": 4, "a": 4, "(": 8, "{": 8}
BUS = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")


def first_type(signature):
    """The first complete type of a signature, and the rest."""
    if signature[0] == "a":
        element, rest = first_type(signature[1:])
        return "a" + element, rest
    if signature[0] in "({":
        depth = 0
        for end, letter in enumerate(signature):
            depth += (letter in "({") - (letter in ")}")
            if depth == 0:
                return signature[:end + 1], signature[end + 1:]
    return signature[0], signature[1:]


def types_of(signature):
    while signature:
        kind, signature = first_type(signature)
        yield kind


class Writer:
    def __init__(self):
        self.bytes = bytearray()

    def pad(self, alignment):
        self.bytes += bytes(-len(self.bytes) % alignment)

    def put(self, kind, value):
        self.pad(ALIGNMENT[kind[0]])
        if kind == "y":
            self.bytes.append(value)
        elif kind in "ub":
            self.bytes += struct.pack("<I", value)
        elif kind in "so":
            self.bytes += struct.pack("<I", len(value.encode())) + value.encode() + b"\0"
        elif kind == "g":
            self.bytes += bytes([len(value)]) + value.encode() + b"\0"
        elif kind == "v":
            self.put("g", value[0])
            self.put(*value)
        elif kind[0] == "a":
            self.put_array(kind[1:], value)
        else:
            for element, part in zip(types_of(kind[1:-1]), value, strict=True):
                self.put(element, part)

    def put_array(self, element, values):
        place = len(self.bytes)
        self.bytes += bytes(4)
        self.pad(ALIGNMENT[element[0]])
        start = len(self.bytes)
        for value in values.items() if isinstance(values, dict) else values:
            self.put(element, value)
        struct.pack_into("<I", self.bytes, place, len(self.bytes) - start)


class Reader:
    def __init__(self, data):
        self.data = data
        self.at = 0

    def take(self, size):
        self.at += size
        return self.data[self.at - size:self.at]

    def get(self, kind):
        self.at += -self.at % ALIGNMENT[kind[0]]
        if kind == "y":
            return self.take(1)[0]
        if kind in "ub":
            return struct.unpack("<I", self.take(4))[0]
        if kind in "so":
            return self.take(self.get("u") + 1)[:-1].decode()
        if kind == "g":
            return self.take(self.get("y") + 1)[:-1].decode()
        if kind == "v":
            return self.get(self.get("g"))
        if kind[0] == "a":
            return self.get_array(kind[1:])
        return tuple(self.get(element) for element in types_of(kind[1:-1]))

    def get_array(self, element):
        size = self.get("u")
        self.at += -self.at % ALIGNMENT[element[0]]
        end = self.at + size
        values = []
        while self.at < end:
            values.append(self.get(element))
        return dict(values) if element[0] == "{" else values


class Message:
    def __init__(self, kind, fields, body=()):
        self.kind = kind
        self.fields = fields
        self.body = body

    @property
    def member(self):
        return self.fields.get(MEMBER)

    def encoded(self, serial):
        body = Writer()
        for element, value in zip(types_of(self.fields.get(SIGNATURE, "")), self.body, strict=True):
            body.put(element, value)
        head = Writer()
        head.bytes += struct.pack("<cBBBII", b"l", self.kind, 0, 1, len(body.bytes), serial)
        head.put("a(yv)", [(field, (FIELD_TYPES[field], value)) for field, value in self.fields.items()])
        head.pad(8)
        return bytes(head.bytes + body.bytes)


class Connection:
    """A client of the bus at a path; as a context, it goes away at the end."""

    def __init__(self, path, patience):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(patience)
        self.socket.connect(str(path))
        self.input = self.socket.makefile("rb")
        self.serial = 0
        self.waiting = []
        user = str(os.geteuid()).encode().hex()
        self.socket.sendall(f"\0AUTH EXTERNAL {user}\r\n".encode())
        assert self.input.readline().startswith(b"OK ")
        self.socket.sendall(b"BEGIN\r\n")
        (self.name,) = self.call(*BUS, "Hello")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.input.close()
        self.socket.close()

    def send(self, message):
        self.serial += 1
        self.socket.sendall(message.encoded(self.serial))
        return self.serial

    def receive(self):
        """The next message; its serial is among its fields, as 0."""
        head = self.input.read(16)
        if len(head) < 16:
            raise EOFError("the bus is gone")
        _, kind, _, _, body_size, serial, fields_size = struct.unpack("<cBBBIII", head)
        rest = self.input.read(fields_size + -fields_size % 8 + body_size)
        reader = Reader(head + rest)
        reader.at = 12
        fields = dict(reader.get("a(yv)"))
        body = Reader(rest[fields_size + -fields_size % 8:])
        values = tuple(body.get(element) for element in types_of(fields.get(SIGNATURE, "")))
        return Message(kind, {**fields, 0: serial}, values)

    def call(self, destination, path, interface, member, signature="", *values):
        fields = {DESTINATION: destination, PATH: path, INTERFACE: interface, MEMBER: member}
        if signature:
            fields[SIGNATURE] = signature
        serial = self.send(Message(CALL, fields, values))
        while True:
            message = self.receive()
            if message.fields.get(REPLY_SERIAL) != serial:
                self.waiting.append(message)
            elif message.kind == ERROR:
                raise RuntimeError(message.fields[ERROR_NAME])
            else:
                return message.body

    def reply(self, call, signature="", *values):
        fields = {DESTINATION: call.fields[SENDER], REPLY_SERIAL: call.fields[0]}
        if signature:
            fields[SIGNATURE] = signature
        self.send(Message(RETURN, fields, values))

    def refuse(self, call, name):
        self.send(Message(ERROR, {DESTINATION: call.fields[SENDER], REPLY_SERIAL: call.fields[0],
                                  ERROR_NAME: name}))

    def own(self, name):
        assert self.call(*BUS, "RequestName", "su", name, 4) == (1,)

    def wait_for_owner(self, name):
        """Returns when somebody has this name."""
        self.call(*BUS, "AddMatch", "s", f"type='signal',member='NameOwnerChanged',arg0='{name}'")
        if self.call(*BUS, "NameHasOwner", "s", name) == (1,):
            return
        while not any(m.member == "NameOwnerChanged" and m.body[0] == name and m.body[2]
                      for m in self.waiting):
            self.waiting.append(self.receive())
