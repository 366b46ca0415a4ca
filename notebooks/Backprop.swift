//- hide
import ArgumentParser
import NeuralNetwork
import Notebook

@main struct Backprop: Lecture {
  static let title = "The forward pass"
  static let source = #filePath

  @Option(help: "x, the input of the worked 1-2-1 network.")
  var input = 1.0

  @OptionGroup var options: LectureOptions

  var parameters: [Parameter] { [Parameter("input", "x", input, in: -1000...1000)] }

  func run(_ notebook: Notebook) throws {
    //- end
    //: # The forward pass
    //- hide
  }
}
//- end
