import Foundation
@testable import Lecture_Backprop
@testable import Lecture_Dropout
@testable import Lecture_Forward
@testable import Lecture_Initialization
@testable import Lecture_Notation
@testable import Lecture_Softmax
import Testing

@testable import Notebook

/// The lectures, run in this process with the documents' own numbers.
enum Run {
  /// The lectures in the order of the course.
  static let lectures: [any Lecture.Type] = [
    Notation.self, Forward.self, Backprop.self, Softmax.self, Initialization.self, Dropout.self,
  ]

  static let all: [(name: String, title: String, woven: Result<WovenLecture, any Error>)] =
    lectures.map { (String(describing: $0), $0.title, weave($0)) }

  private static func weave<L: Lecture>(_ lecture: L.Type) -> Result<WovenLecture, any Error> {
    Result { try lecture.parse([]).woven() }
  }

  static func lecture(_ name: String) throws -> WovenLecture {
    try #require(all.first { $0.name == name }).woven.get()
  }

  /// Every claim of every lecture, by id.
  static func claims() throws -> [String: CheckedClaim] {
    let claims = try all.flatMap { try $0.woven.get().claims }
    return Dictionary(uniqueKeysWithValues: claims.map { ($0.entry.id, $0) })
  }

  static func claim(_ id: String) throws -> CheckedClaim { try #require(try claims()[id]) }
}

/// The project that these tests were built in.
func project() throws -> Project { try Project.enclosing(#filePath) }

/// A folder of its own for one test, removed afterwards.
func withTemporaryFolder(_ body: (URL) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder)
}

/// What a program of the package does when it is run by a user.
struct Command {
  let output: String
  let errors: String
  let status: Int32

  /// Runs an executable that was built beside the tests.
  init(_ name: String, _ arguments: [String], in folder: URL? = nil) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Bundle.main.bundlePath).appendingPathComponent(
      name)
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = folder }
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    self.output = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    self.errors = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    status = process.terminationStatus
  }
}
