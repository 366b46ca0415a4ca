import Testing

@testable import Notebook

@Suite struct ColumnTests {
  private let columns = [
    Column.texts("name", "Name", ["w|1", "b, \"c\""]),
    .numbers("old", "Old", [0.5, -0.0], .decimals(2)),
    .numbers("new", "$`w'`$", [0.1 + 0.2, 1.0 / 3], .significant(3)),
  ]

  @Test func thePageAlignsNumbersToTheRightAndEscapesPipes() {
    #expect(
      Column.markdown(columns) == """
        | Name | Old | $`w'`$ |
        | --- | ---: | ---: |
        | w\\|1 | 0.50 | 0.300 |
        | b, "c" | 0.00 | 0.333 |

        """)
  }

  @Test func theFileHasFullPrecisionAndItsOwnNames() {
    #expect(
      Column.csv(columns) == """
        name,old,new
        w|1,0.5,0.30000000000000004
        "b, ""c\""",0,0.3333333333333333

        """)
  }

  @Test func aTextOfSeveralLinesStaysOnOneLineOfThePage() {
    let column = Column.texts("text", "Text", ["one\ntwo"])
    #expect(Column.markdown([column]) == "| Text |\n| --- |\n| one two |\n")
    #expect(Column.csv([column]) == "text\n\"one\ntwo\"\n")
  }

  @Test func aTableWithoutRowsIsItsHeader() {
    let column = Column.numbers("x", "X", [], .plain)
    #expect(column.count == 0)
    #expect(Column.markdown([column]) == "| X |\n| ---: |\n")
    #expect(Column.csv([column]) == "x\n")
  }
}
