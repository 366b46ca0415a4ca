import Testing

@testable import Notebook

/// A lecture with a changed parameter, and what the terminal says of a run.
@Suite struct LectureVariantTests {
  private func verdicts(_ woven: WovenLecture) -> [String: Verdict] {
    Dictionary(uniqueKeysWithValues: woven.claims.map { ($0.entry.id, $0.verdict) })
  }

  @Test func claimsThatTheParameterMovesAreVariants() throws {
    #expect(
      try verdicts(DemoProject().woven("--input", "3")) == [
        "demo.output": .variant, "demo.rule": .variant, "demo.constant": .derived,
        "demo.plot": .notComputable,
      ])
  }

  @Test func theReportSaysThatItIsAVariant() throws {
    let report = try DemoProject().woven("--input", "3").files[0].text
    #expect(
      report.hasPrefix(
        """
        <!-- Written by a run of notebooks/Demo.swift; change that file, not this one. -->

        > A variant with x = 3. Claims that this changes have the verdict *variant*; the documents' \
        own numbers are in the reference report.

        # Demonstration
        The input is $`x = 3`$.

        """))
  }

  @Test func anErratumThatAVariantDoesNotShowIsLeftOut() throws {
    let woven = try DemoProject().woven("--input", "0")
    #expect(woven.errata.map(\.entry.id) == ["erratum.sign"])
    #expect(woven.errata.map(\.printed) == [[-0.0]])
  }

  @Test(arguments: ["1", "3"])
  func aReportThatMayLieAnywhereHasNoLinksToTheSource(input: String) throws {
    let report = try DemoProject().woven("--input", input, linked: false).files[0].text
    #expect(report.contains("<br>`demo.output` |"))
    #expect(report.contains("<br>`erratum.sign` |"))
    #expect(!report.contains("#L"))
    #expect(!report.contains("../"))
  }

  @Test func aNegativeNumberHasATrueMinusInTextAndNotInFormulas() throws {
    let report = try DemoProject().woven("--input", "-3").files[0].text
    #expect(report.contains("> A variant with x = −3. "))
    #expect(report.contains("$`x = -3`$"))
    #expect(report.contains("| −5.27 |"))
  }

  @Test func proseOfTheReferenceIsLeftOutOfAVariant() throws {
    let project = try DemoProject(
      lecture: DemoProject.lecture + """
        //- reference
        //: The slides' own input is {{x}}.
        //- end

        """)
    #expect(try project.woven().files[0].text.contains("The slides' own input is 1.\n"))
    #expect(try !project.woven("--input", "3").files[0].text.contains("own input"))
  }

  @Test func theReferenceIsNoVariant() throws {
    let woven = try DemoProject().woven("--input", "1")
    #expect(!woven.files[0].text.contains("variant"))
    #expect(verdicts(woven)["demo.output"] == .rounded)
  }

  @Test func aVariantMustStillRecordEveryClaim() throws {
    let project = try DemoProject(
      claims: DemoProject.claims + "demo.more,Notes,implied,a value,,,\n")
    let found = message {
      _ = try project.woven("--input", "3") { notebook in
        if notebook.isReference { notebook.claim("demo.more", 1, line: 9) }
      }
    }
    #expect(found?.hasSuffix("the lecture does not record the claim 'demo.more'") == true)
  }

  @Test func aSourceThatIsGoneIsAnError() throws {
    let project = try DemoProject()
    let gone = project.folder.url.appendingPathComponent("notebooks/Gone.swift").path
    let notebook = try Notebook(ledger: Ledger(), path: gone)
    #expect(throws: Diagnostic(gone, nil, "the lecture's source cannot be read")) {
      try WovenLecture(notebook, source: "notebooks/Gone.swift", linked: true, changed: [])
    }
  }

  // MARK: Names and summary

  @Test func theCommandIsNamedAfterTheSource() throws {
    DemoLecture.$source.withValue("/anywhere/notebooks/Backprop.swift") {
      #expect(DemoLecture.name == "backprop")
      #expect(DemoLecture.configuration.commandName == "Lecture-Backprop")
      #expect(
        DemoLecture.configuration.abstract
          == "Demonstration: recomputes the lecture documents' numbers and writes the report.")
    }
  }

  @Test func theSummaryCountsWhatWasFound() throws {
    #expect(
      try DemoProject().woven().summary(title: "Demonstration") == """
        Demonstration: 3 of 4 claims computed, 1 not computable (a figure or datum is missing)
          1 rounded, 1 inconsistent, 1 derived, 1 not computable
          2 errata shown
        """)
  }

  @Test func aCompleteLectureWithoutErrataSaysNoMoreThanThat() throws {
    let project = try DemoProject(lecture: "notebook.claim(\"demo.a\", 1)\n")
    let notebook = try Notebook(
      ledger: Ledger("demo.a,Doc,implied,q,,,\n"), path: project.source)
    notebook.claim("demo.a", 1, line: 1)
    let woven = try WovenLecture(
      notebook, source: "notebooks/Demo.swift", linked: true, changed: [])
    #expect(
      woven.summary(title: "Demonstration")
        == "Demonstration: 1 of 1 claims computed\n  1 derived\n  0 errata shown")
    #expect(!woven.files[0].text.contains("## Errata"))
  }
}
