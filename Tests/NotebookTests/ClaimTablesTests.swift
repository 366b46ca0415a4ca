import Testing

@testable import Notebook

@Suite struct ClaimTablesTests {
  private let ledger = """
    demo.number,Slides,number,"z, a","1; 0.73",,
    demo.formula,Slides,formula,the rule,W a | b,erratum.rule,
    demo.words,Notes,words,the sentence,it *falls*,erratum.words; erratum.rule,
    demo.implied,Notes,implied,the value,,,
    demo.question,Notes,question,why?,,,
    demo.missing,Notes,missing,see the plot,,,the plot

    """

  private let errata = """
    erratum.rule,demo,Slides,error,W a | b,W a + b
    erratum.words,demo,Notes,error,it falls,it rises
    erratum.shown,demo,Notes,error,a `tick`,"b, c"

    """

  /// A claim of each kind, recorded on the lines 11 to 16, and an erratum on line 17.
  private func recorded() throws -> Notebook {
    let notebook = try Notebook(claims: ledger, errata: errata)
    notebook.claim("demo.number", [1, 0.731058578630005], also: [1e-7], line: 11)
    notebook.claim("demo.formula", 3, asPrinted: 2.5, line: 12)
    notebook.claim("demo.words", [1, 2], readings: [[1, 2], [2, 1]], line: 13)
    notebook.claim("demo.implied", 0.1 + 0.2, line: 14)
    notebook.claim("demo.question", [1, 2, 3, 4, 5, 6, 7], line: 15)
    notebook.notComputable("demo.missing", known: [5], line: 16)
    notebook.erratum("erratum.shown", printed: [1], right: [2, 0.5], line: 17)
    #expect(notebook.diagnostics == [])
    return notebook
  }

  private func claims() throws -> [CheckedClaim] {
    try recorded().claims.values.sorted { $0.line < $1.line }
  }

  @Test func theClaimsFileHasEveryDigitAndThePlaceOfEachCall() throws {
    #expect(
      try ClaimTables.csv(claims(), source: "notebooks/Demo.swift") == """
        id,document,quote,printed,computed,verdict,erratum,source
        demo.number,Slides,"z, a",1; 0.73,1; 0.731058578630005; 1e-07,rounded,,notebooks/Demo.swift:11
        demo.formula,Slides,the rule,W a | b [gives 2.5],3,inconsistent,erratum.rule,notebooks/Demo.swift:12
        demo.words,Notes,the sentence,it *falls* [gives 2; 1],1; 2,ambiguous,erratum.words; erratum.rule,notebooks/Demo.swift:13
        demo.implied,Notes,the value,,0.30000000000000004,derived,,notebooks/Demo.swift:14
        demo.question,Notes,why?,,1; 2; 3; 4; 5; 6; 7,question,,notebooks/Demo.swift:15
        demo.missing,Notes,see the plot,,5,not computable,,notebooks/Demo.swift:16

        """)
  }

  @Test func theRuleOfRoundingThatExplainsAPrintedNumberStandsBesideIt() throws {
    let notebook = try Notebook(
      claims: "demo.cut,Slides,number,z,1.35,,\ndemo.hand,Slides,number,z,-1.15,,\n")
    notebook.claim("demo.cut", 1.35874, line: 3)
    notebook.claim("demo.hand", -1.138, byHand: { $0(-1.148) }, line: 4)
    let claims = notebook.claims.values.sorted { $0.line < $1.line }
    let page = ClaimTables.markdown(claims, source: nil)
    #expect(page.contains("| truncated<br>*cut off after 2 decimals at the end* |"))
    #expect(page.contains("| hand-rounded<br>*rounded to 2 decimals at each step* |"))
    let file = ClaimTables.csv(claims, source: "notebooks/Demo.swift")
    #expect(file.contains(",1.35 [cut off after 2 decimals at the end],1.35874,truncated,"))
    #expect(file.contains(",-1.15 [rounded to 2 decimals at each step],-1.138,hand-rounded,"))
  }

  @Test func theErrataFileHasBothSidesAndThePlaceThatShowsThem() throws {
    #expect(
      try ClaimTables.csv(Array(recorded().errata.values), source: "notebooks/Demo.swift") == """
        id,document,kind,quote,correction,printed,computed,claim,source
        erratum.shown,Notes,error,a `tick`,"b, c",1,2; 0.5,,notebooks/Demo.swift:17

        """)
  }

  @Test func thePageShowsWhatTheDocumentSaysAndWhatComesOut() throws {
    #expect(
      try ClaimTables.markdown(claims(), source: nil) == """
        | The document says | Printed | Computed | Verdict |
        | --- | --- | --- | --- |
        | Slides: z, a<br>`demo.number` | 1; 0.73 | 1; 0.731059; 1·10⁻⁷ | rounded |
        | Slides: the rule<br>`demo.formula` | `W a \\| b`<br>gives 2.5 | 3 | **inconsistent** |
        | Notes: the sentence<br>`demo.words` | “it \\*falls\\*”<br>in one reading gives 2; 1 | 1; 2 | **ambiguous** |
        | Notes: the value<br>`demo.implied` |  | 0.3 | derived |
        | Notes: why?<br>`demo.question` |  | 1; 2; 3; 4; 5; 6; … | question |
        | Notes: see the plot<br>`demo.missing` | missing: the plot | 5 | not computable |

        """)
  }

  @Test func aNoteStandsUnderTheNumbersThatItNames() throws {
    let notebook = try Notebook(
      claims: """
        demo.a,Doc,implied,q,,,"the cost; x_1 | y"
        demo.b,Doc,missing,q,,,the plot

        """)
    notebook.claim("demo.a", [-1.5, 2], line: 1)
    notebook.notComputable("demo.b", known: [5], line: 2)
    let claims = notebook.claims.values.sorted { $0.line < $1.line }
    let page = ClaimTables.markdown(claims, source: nil)
    #expect(page.contains("|  | −1.5; 2<br>*the cost; x\\_1 \\| y* | derived |\n"))
    // What is missing is named once.
    #expect(page.contains("| missing: the plot | 5 | not computable |\n"))
    // A table of data has neither the note nor the true minus sign.
    let data = ClaimTables.csv(claims, source: "Demo.swift")
    #expect(data.contains("demo.a,Doc,q,,-1.5; 2,derived,,Demo.swift:1\n"))
  }

  @Test func anIdLeadsToTheLineThatComputesIt() throws {
    let claim = try #require(recorded().claims["demo.implied"])
    #expect(
      ClaimTables.markdown([claim], source: "../../notebooks/Demo.swift")
        .contains("Notes: the value<br>[`demo.implied`](../../notebooks/Demo.swift#L14) |"))
  }

  @Test func aFormulaThatTheQuoteHoldsIsNotRepeated() throws {
    let notebook = try Notebook(
      claims: "demo.a,Doc,formula,the rule y = 2x,y = 2x,erratum.a,\n",
      errata: "erratum.a,demo,Doc,error,q,c\n")
    notebook.claim("demo.a", 1, asPrinted: 2, line: 1)
    let claims = Array(notebook.claims.values)
    #expect(ClaimTables.markdown(claims, source: nil).contains("| gives 2 | 1 |"))
  }

  @Test func thePageShowsWhatBothSidesOfAnErratumGive() throws {
    let direct = try #require(recorded().errata["erratum.shown"])
    let byClaim = CheckedErratum(
      entry: direct.entry, claim: "demo.formula", printed: [], right: [-0.0], line: 12)
    #expect(
      ClaimTables.markdown([direct, byClaim], source: "../../notebooks/Demo.swift") == """
        | Printed | Right, or to be noted |
        | --- | --- |
        | Notes: `a 'tick'`<br>gives 1<br>[`erratum.shown`](../../notebooks/Demo.swift#L17) | error: b, c<br>gives 2; 0.5 |
        | Notes: `a 'tick'`<br>gives undefined<br>[`erratum.shown`](../../notebooks/Demo.swift#L12) | error: b, c<br>gives 0 |

        """)
  }

  @Test func verdictsAreCountedInTheirOrder() throws {
    #expect(
      try ClaimTables.counts(claims()) == """
        | Verdict | Claims |
        | --- | ---: |
        | rounded | 1 |
        | ambiguous | 1 |
        | inconsistent | 1 |
        | derived | 1 |
        | question | 1 |
        | not computable | 1 |

        """)
  }

  // MARK: Escapes

  @Test(arguments: [
    ("W_1 * x", "W\\_1 \\* x"), ("a | b", "a \\| b"), ("<x>", "\\<x\\>"), ("[a](b)", "\\[a\\](b)"),
    ("`x` ~ y", "\\`x\\` \\~ y"), ("two\nlines", "two lines"), ("ŷ = σ(z)", "ŷ = σ(z)"),
  ])
  func quotedTextIsNotMarkdown(text: String, escaped: String) {
    #expect(ClaimTables.text(text) == escaped)
  }

  @Test(arguments: [("a*b", "`a*b`"), ("a | b", "`a \\| b`"), ("`x`", "`'x'`"), ("", "")])
  func quotedFormulasAreCode(text: String, code: String) {
    #expect(ClaimTables.code(text) == code)
  }
}
