import Foundation
import Testing

@testable import Worksheet

@Suite("Files that are no worksheets")
struct FileTests {
  private func status(_ data: Data?, _ expected: String) throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("bad.json5")
      try data?.write(to: file)
      let command = try Command(["bad.json5"], in: folder)
      #expect(command.status == 1)
      #expect(command.errors == expected)
      #expect(command.output == "")
      #expect(try names(folder) == (data == nil ? [] : ["bad.json5"]))
    }
  }

  @Test("a missing file") func missing() throws {
    try status(nil, "bad.json5: error: there is no such file\n")
  }

  @Test("bytes that are no text") func notText() throws {
    try status(Data([0x7B, 0xFF, 0xFE, 0x7D]), "bad.json5: error: is not text in UTF-8\n")
  }

  @Test("100 MB are refused by their size; they are never read") func large() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("bad.json5")
      try Data().write(to: file)
      let handle = try FileHandle(forWritingTo: file)
      try handle.truncate(atOffset: 100_000_000)
      try handle.close()
      let command = try Command(["bad.json5"], in: folder)
      #expect(command.status == 1)
      #expect(
        command.errors
          == "bad.json5: error: has 100000000 bytes; a file of at most 2000000 is read\n")
    }
  }

  @Test("a folder") func isFolder() throws {
    try withTemporaryFolder { folder in
      let command = try Command(["."], in: folder)
      #expect(command.status == 1)
      #expect(command.errors == ".: error: is not a file\n")
    }
  }

  @Test("a fault in the file: exit 1, the line, nothing written") func fault() throws {
    try status(
      Data("{ inputs: [[1]],\n  target: [[1]] }".utf8),
      "bad.json5:2: error: target: there is no such field; did you mean 'targets'?\n")
  }

  @Test("numbers that overflow on the way: exit 1, nothing written") func overflow() throws {
    try status(
      Data(
        """
        { inputs: 1e300, targets: 0, layers: [{ weights: [[1e300]], activation: "identity" }],
          loss: { kind: "squared error" } }
        """.utf8),
      "bad.json5: error: step 1: z of layer 1 is inf: the numbers grow beyond all bounds\n")
  }
}
