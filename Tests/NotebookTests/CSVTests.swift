import NeuralNetwork
import Testing

@testable import Notebook

@Suite struct CSVTests {
  private func records(_ text: String) throws -> [CSV.Record] {
    try CSV.parse(text, path: "demo.csv")
  }

  // MARK: Writing

  @Test func quotesOnlyWhereItMust() {
    #expect(
      CSV.text(
        header: ["name", "value"],
        rows: [["plain", "1"], ["a,b", "say \"x\""], ["two\nlines", " blank "], ["", "a\r\nb"]])
        == "name,value\nplain,1\n\"a,b\",\"say \"\"x\"\"\"\n\"two\nlines\", blank \n"
        + ",\"a\r\nb\"\n")
  }

  @Test(
    arguments: [
      (0, "0"), (-0.0, "0"), (3, "3"), (-125, "-125"), (0.1, "0.1"), (1e15, "1000000000000000.0"),
      (1e16, "1e+16"),
      (999_999_999_999_999, "999999999999999"), (1e-7, "1e-07"), (.infinity, "inf"), (.nan, ""),
      (-125.87400000000001, "-125.87400000000001"),
    ] as [(Double, String)])
  func numbersAreAsShortAsFullPrecisionAllows(number: Double, text: String) {
    #expect(CSV.text(number) == text)
  }

  @Test func numbersReadBackAsTheyWere() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<1000 {
      let number = Double(bitPattern: random.next())
      guard number.isFinite else { continue }
      #expect(Double(CSV.text(number)) == number)
    }
  }

  // MARK: Round trip

  @Test func fieldsReadBackAsTheyWere() throws {
    let parts = [
      "a", " ", ",", "\"", "\n", "\r\n", "\r", "\u{2028}", "\u{85}", "ŷ", "e\u{301}", "−", "|",
      ";", "😀", "",
    ]
    var random = SplitMix64(seed: 7)
    func field() -> String {
      (0..<random.index(below: 6)).map { _ in parts[random.index(below: parts.count)] }.joined()
    }
    for _ in 0..<500 {
      let rows = (0..<3).map { _ in [field(), field(), field()] }
      let text = CSV.text(header: ["x", "y", "z"], rows: rows)
      let read = try CSV.read(text, path: "demo.csv", header: ["x", "y", "z"])
      #expect(read.map(\.fields) == rows)
    }
  }

  // MARK: Reading

  @Test func recordsHaveTheLineTheyStartOn() throws {
    #expect(
      try records("id,text\na,\"one\n\ntwo\"\nb,three\n") == [
        CSV.Record(line: 1, fields: ["id", "text"]),
        CSV.Record(line: 2, fields: ["a", "one\n\ntwo"]),
        CSV.Record(line: 5, fields: ["b", "three"]),
      ])
  }

  @Test func lineEndsOfWindowsAreRead() throws {
    #expect(
      try records("a,b\r\n\"1\r\n2\",3\r\n4,5\r\n") == [
        CSV.Record(line: 1, fields: ["a", "b"]), CSV.Record(line: 2, fields: ["1\r\n2", "3"]),
        CSV.Record(line: 4, fields: ["4", "5"]),
      ])
  }

  @Test(arguments: [
    ("a,b", [["a", "b"]]), ("a\nb", [["a"], ["b"]]), ("a,", [["a", ""]]), ("\"a\"", [["a"]]),
    ("\"\"", [[""]]), ("\n", [[""]]), ("", []),
  ])
  func theLastLineNeedsNoEnd(text: String, fields: [[String]]) throws {
    #expect(try records(text).map(\.fields) == fields)
  }

  @Test(arguments: [
    ("say \"x\",b\n", ["say \"x\"", "b"]),
    ("\"\"\"x\"\"\",b\n", ["\"x\"", "b"]),
    ("\"a,b\",\"\"\n", ["a,b", ""]),
  ])
  func quotesInsideAFieldAreRead(text: String, fields: [String]) throws {
    #expect(try records(text).map(\.fields) == [fields])
  }

  @Test(arguments: [("a\n\"b\nc\n", 2), ("\"", 1), ("a,b\nc,d\ne,\"f", 3)])
  func aQuoteThatIsNotClosedIsAnErrorWhereItsRecordStarts(text: String, line: Int) {
    #expect(throws: Diagnostic("demo.csv", line, "a quoted field is not closed")) {
      try records(text)
    }
  }

  @Test func theHeaderMustMatch() {
    #expect(throws: Diagnostic("demo.csv", 1, "the header must be id,text")) {
      try CSV.read("text,id\n", path: "demo.csv", header: ["id", "text"])
    }
  }

  @Test func everyRecordMustHaveTheHeadersLength() {
    #expect(throws: Diagnostic("demo.csv", 4, "expected 2 fields, found 3")) {
      try CSV.read("id,text\na,\"b\nc\"\nd,e,f\n", path: "demo.csv", header: ["id", "text"])
    }
  }
}
