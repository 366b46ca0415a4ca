import Testing

@testable import Notebook

/// What a notebook accepts and what it reports.
@Suite struct RecordingTests {
  private let notebook: Notebook

  init() throws {
    notebook = try Notebook(
      claims: """
        demo.forward.output,Doc,number,y = 0.24,0.24,,
        demo.forward.rule,Doc,formula,the rule,z = W a,erratum.rule,
        demo.forward.loss,Doc,implied,the loss,,,
        demo.forward.plot,Doc,missing,see the plot,,,the plot

        """,
      errata: """
        erratum.rule,demo,Doc,error,z = W a,z = W a + b
        erratum.sign,demo,Doc,error,-x,x
        erratum.other,other,Doc,error,a,b

        """)
  }

  private var faults: [String] { notebook.diagnostics.map(\.description) }

  // MARK: Claims

  @Test func aClaimKeepsItsEvidenceItsVerdictAndItsLine() throws {
    notebook.claim("demo.forward.output", 0.2426, also: [1], line: 5)
    let claim = try #require(notebook.claims["demo.forward.output"])
    #expect(claim.verdict == .rounded)
    #expect(claim.evidence.values == [0.2426, 1])
    #expect(claim.line == 5)
    #expect(faults == [])
  }

  @Test func aCallKnowsItsOwnLine() throws {
    let line = #line + 1
    notebook.claim("demo.forward.output", 0.24)
    #expect(notebook.claims["demo.forward.output"]?.line == line)
    #expect(notebook.outputs.map(\.line) == [line])
    #expect(notebook.lastLine == line)
  }

  @Test func oneValueIsAListOfOne() {
    notebook.claim("demo.forward.rule", 3, asPrinted: 2, line: 1)
    notebook.claim("demo.forward.output", 0.26, byHand: { $0(0.24) }, line: 2)
    #expect(notebook.claims["demo.forward.rule"]?.evidence.readings == [[2]])
    #expect(notebook.claims["demo.forward.output"]?.verdict == .handRounded)
  }

  @Test func whatIsPrintedCanBeSetBesideTheComputedValue() {
    #expect(notebook.printed("demo.forward.output") == "0.24")
    #expect(notebook.printed("demo.unknown") == "")
  }

  @Test func aClaimOfSeveralReadingsMayShowFurtherValues() {
    notebook.claim("demo.forward.rule", [1], readings: [[1], [2]], also: [3], line: 1)
    #expect(notebook.claims["demo.forward.rule"]?.evidence.values == [1, 3])
    #expect(notebook.claims["demo.forward.rule"]?.verdict == .ambiguous)
  }

  @Test func anUnknownClaimIsReportedWithTheNearestId() {
    notebook.claim("demo.forward.ouput", 0.24, line: 5)
    #expect(
      faults == [
        "Demo.swift:5: error: there is no claim 'demo.forward.ouput' in demo.csv; the nearest is "
          + "'demo.forward.output'"
      ])
    #expect(notebook.outputs.isEmpty)
  }

  @Test func anEmptyLedgerHasNoNearestId() throws {
    let empty = try Notebook()
    empty.claim("demo.a", 1, line: 1)
    #expect(empty.diagnostics.map(\.message) == ["there is no claim 'demo.a' in demo.csv"])
  }

  @Test func aClaimRecordedTwiceIsReported() {
    notebook.claim("demo.forward.loss", 1, line: 5)
    notebook.claim("demo.forward.loss", 2, line: 9)
    #expect(
      faults == ["Demo.swift:9: error: demo.forward.loss was recorded on line 5 already"])
  }

  @Test func aMissingDatumIsRecordedAsSuch() {
    notebook.notComputable("demo.forward.plot", known: [2], line: 5)
    #expect(notebook.claims["demo.forward.plot"]?.verdict == .notComputable)
    #expect(notebook.claims["demo.forward.plot"]?.evidence.values == [2])
    #expect(faults == [])
  }

  @Test func aValueForAMissingDatumIsReported() {
    notebook.claim("demo.forward.plot", 1, line: 5)
    #expect(
      faults == [
        "Demo.swift:5: error: demo.forward.plot is in the ledger as missing a datum; record it with "
          + "`notComputable`"
      ])
  }

  @Test func aComputableClaimThatIsNotComputedIsReported() {
    notebook.notComputable("demo.forward.loss", line: 5)
    #expect(
      faults == [
        "Demo.swift:5: error: demo.forward.loss is in the ledger as computable; record its value "
          + "with `claim`"
      ])
  }

  @Test func evidenceThatDoesNotFitIsReportedAtItsCall() {
    notebook.claim("demo.forward.output", [0.24, 1], line: 5)
    #expect(
      faults == [
        "Demo.swift:5: error: demo.forward.output prints 1 number(s), 2 were computed"
      ])
    #expect(notebook.claims.isEmpty)
  }

  @Test func aWrongStatementNeedsAnErratum() {
    notebook.claim("demo.forward.output", 0.62, line: 5)
    notebook.claim("demo.forward.rule", 1, asPrinted: 2, line: 6)
    #expect(
      faults == [
        "Demo.swift:5: error: demo.forward.output is inconsistent, but the ledger names no erratum "
          + "for it"
      ])
  }

  @Test func anAmbiguousStatementNeedsAnErratum() throws {
    let notebook = try Notebook(claims: "demo.a,Doc,formula,q,p,,\n")
    notebook.claim("demo.a", [1], readings: [[1], [2]], line: 5)
    #expect(
      notebook.diagnostics.map(\.message) == [
        "demo.a is ambiguous, but the ledger names no erratum for it"
      ])
  }

  // MARK: Errata

  @Test func anErratumIsShownWithBothSides() throws {
    notebook.erratum("erratum.sign", printed: [-1], right: [1], line: 5)
    let shown = try #require(notebook.errata["erratum.sign"])
    #expect(shown.printed == [-1] && shown.right == [1] && shown.line == 5 && shown.claim == "")
    #expect(faults == [])
  }

  @Test func anErratumThatShowsNothingIsReported() {
    notebook.erratum("erratum.sign", printed: [0.3], right: [0.1 + 0.2], line: 5)
    #expect(
      faults == [
        "Demo.swift:5: error: erratum.sign: the printed form gives the right values, so nothing is "
          + "shown"
      ])
  }

  @Test func anErratumOfAnotherLectureIsUnknownHere() {
    notebook.erratum("erratum.rul", printed: [1], right: [2], line: 5)
    notebook.erratum("erratum.other", printed: [1], right: [2], line: 6)
    #expect(
      faults == [
        "Demo.swift:5: error: there is no erratum of this lecture 'erratum.rul' in errata.csv; the "
          + "nearest is 'erratum.rule'",
        "Demo.swift:6: error: there is no erratum of this lecture 'erratum.other' in errata.csv; the "
          + "nearest is 'erratum.rule'",
      ])
  }

  @Test func anErratumShownTwiceIsReported() {
    notebook.erratum("erratum.sign", printed: [-1], right: [1], line: 5)
    notebook.erratum("erratum.sign", printed: [-2], right: [2], line: 9)
    #expect(faults == ["Demo.swift:9: error: erratum.sign was shown on line 5 already"])
  }
}
