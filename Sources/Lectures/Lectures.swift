import ArgumentParser
import Foundation
import Notebook

@main struct Lectures: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs every lecture and writes the index of the outputs.")

  @Flag(help: "Write nothing; exit with 1 if an output is not what the lectures would write.")
  var check = false

  func run() throws {}
}
