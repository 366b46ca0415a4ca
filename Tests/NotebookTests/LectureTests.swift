import Testing

@testable import Notebook

/// A lecture from its source and ledger to its files.
@Suite struct LectureTests {
  /// The faults of the demonstration in a project.
  private func faults(
    _ project: DemoProject, _ arguments: String...,
    further: @escaping @Sendable (Notebook) throws -> Void = { _ in }
  ) throws -> [Diagnostic] {
    let failure = #expect(throws: Failure.self) {
      try DemoLecture.$source.withValue(project.source) {
        try DemoLecture.$further.withValue(further) { try DemoLecture.parse(arguments).woven() }
      }
    }
    return failure?.diagnostics ?? []
  }

  private func report(_ woven: WovenLecture) -> String { woven.files[0].text }

  // MARK: The files

  @Test func theReportIsTheBodyTheVerdictsAndTheErrata() throws {
    #expect(
      try report(DemoProject().woven()) == """
        <!-- Written by a run of notebooks/Demo.swift; change that file, not this one. -->

        # Demonstration
        The input is $`x = 1`$.

        ```swift
        let output = 2 * input + 0.731
        ```

        | The document says | Printed | Computed | Verdict |
        | --- | --- | --- | --- |
        | Slides: y = 2.73<br>[`demo.output`](../../notebooks/Demo.swift#L7) | 2.73 | 2.731 | rounded |
        | Slides: the rule<br>[`demo.rule`](../../notebooks/Demo.swift#L8) | `y = 2x`<br>gives 2 | 2.731 | **inconsistent** |
        | Notes: the constant<br>[`demo.constant`](../../notebooks/Demo.swift#L9) |  | 0.5 | derived |
        | Notes: see the plot<br>[`demo.plot`](../../notebooks/Demo.swift#L10) | missing: the plot |  | not computable |

        ## Data

        **The numbers** ([CSV](numbers.csv))

        | y |
        | ---: |
        | 2.73 |

        ![A line](line.svg)

        *It rises.* ([CSV](line.csv))

        ## Verdicts

        Every statement of the documents that belongs to this lecture, with all digits, is in \
        [claims.csv](claims.csv); the ids lead to the lines that compute them.

        | Verdict | Claims |
        | --- | ---: |
        | rounded | 1 |
        | inconsistent | 1 |
        | derived | 1 |
        | not computable | 1 |

        ## Errata

        What the documents print, what is right, and what each gives when it is computed \
        ([CSV](errata.csv)).

        | Printed | Right, or to be noted |
        | --- | --- |
        | Slides: `y = 2x`<br>gives 2<br>[`erratum.rule`](../../notebooks/Demo.swift#L8) | error: y = 2x + b<br>gives 2.731 |
        | Notes: `−x`<br>gives −1<br>[`erratum.sign`](../../notebooks/Demo.swift#L11) | error: x<br>gives 1 |

        """)
  }

  @Test func everyOutputIsAFile() throws {
    let files = try DemoProject().woven().files
    #expect(
      files.map(\.name) == [
        "report.md", "claims.csv", "errata.csv", "numbers.csv", "line.csv", "line.svg",
      ])
    #expect(
      files[1].text == """
        id,document,quote,printed,computed,verdict,erratum,source
        demo.output,Slides,y = 2.73,2.73,2.731,rounded,,notebooks/Demo.swift:7
        demo.rule,Slides,the rule,y = 2x [gives 2],2.731,inconsistent,erratum.rule,notebooks/Demo.swift:8
        demo.constant,Notes,the constant,,0.5,derived,,notebooks/Demo.swift:9
        demo.plot,Notes,see the plot,,,not computable,,notebooks/Demo.swift:10

        """)
    #expect(
      files[2].text == """
        id,document,kind,quote,correction,printed,computed,claim,source
        erratum.rule,Slides,error,y = 2x,y = 2x + b,2,2.731,demo.rule,notebooks/Demo.swift:8
        erratum.sign,Notes,error,−x,x,-1,1,,notebooks/Demo.swift:11

        """)
    #expect(files[3].text == "y\n2.731\n")
    #expect(files[4].text == "series,x,y\ny,0,0\ny,1,2.731\n")
    #expect(files[5].text.hasPrefix("<svg "))
  }

  @Test func twoRunsGiveTheSameBytesWhereverTheProjectIs() throws {
    #expect(try DemoProject().woven().files == DemoProject().woven().files)
  }

  // MARK: Completeness

  @Test func aClaimThatIsNotRecordedIsAFaultAtItsLineOfTheLedger() throws {
    let project = try DemoProject(
      claims: DemoProject.claims + "demo.forgotten,Notes,implied,a value,,,\n")
    #expect(
      try faults(project) == [
        Diagnostic(
          project.folder.url.appendingPathComponent("notebooks/ledger/demo.csv").path, 6,
          "the lecture does not record the claim 'demo.forgotten'")
      ])
  }

  @Test func anErratumThatNothingShowsIsAFault() throws {
    let project = try DemoProject(
      claims: DemoProject.claims.replacing("the constant,,,", with: "the constant,,erratum.more,"),
      errata: DemoProject.errata + "erratum.more,demo,Notes,error,a,b\n")
    #expect(
      try faults(project) == [
        Diagnostic(
          project.source, nil,
          "nothing shows 'erratum.more' (line 5 of errata.csv): record it with `notebook.erratum` or "
            + "a claim")
      ])
  }

  // MARK: Faults of a run

  @Test func whatTheLectureThrowsIsPlacedAfterTheLastCall() throws {
    struct Overflow: Error, CustomStringConvertible { let description = "the loss overflowed" }
    let project = try DemoProject()
    let found = try faults(project) { notebook in
      notebook.claim("demo.unknwon", 1, line: 20)
      throw Overflow()
    }
    #expect(found.map(\.path) == [project.source, project.source])
    #expect(found.map(\.line) == [20, 20])
    #expect(found[0].message.hasPrefix("there is no claim 'demo.unknwon' in "))
    #expect(found[1].message == "the loss overflowed (thrown after what this line records)")
  }

  @Test(arguments: [("11", "11"), ("-10.5", "−10.5"), ("1e300", "1·10³⁰⁰")])
  func aParameterOutOfRangeIsAnErrorThatSaysWhatIsAllowed(given: String, shown: String) throws {
    #expect(
      try faults(DemoProject(), "--input=\(given)").map(\.description) == [
        "--input: error: x is \(shown); allowed: −10 to 10"
      ])
  }
}
