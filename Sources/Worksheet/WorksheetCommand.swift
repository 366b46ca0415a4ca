import ArgumentParser

@main struct WorksheetCommand: ParsableCommand {
  @Argument var file: String
  func run() throws {
    let sheet = try SheetReader.sheet(path: file)
    let run = try Run(sheet, recording: Set(1...10), as: { $0 })
    print(Values(sheet, run.steps).csv(), terminator: "")
  }
}
