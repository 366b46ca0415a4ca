import Foundation

/// Where the project's folders are.
public struct Project: Sendable {
  /// The folder of `Package.swift`.
  public let root: URL

  /// The project in a folder.
  public init(root: URL) { self.root = root }

  /// The lectures.
  public var notebooks: URL { root.appendingPathComponent("notebooks") }
  /// What the documents state.
  public var ledger: URL { notebooks.appendingPathComponent("ledger") }
  /// What the lectures write.
  public var outputs: URL { root.appendingPathComponent("outputs") }

  /// The project that a source file was built in; where that is gone, the one around the working
  /// directory.
  ///
  /// - Parameter path: the `#filePath` of any source of the project.
  /// - Throws: `Diagnostic` when neither is there.
  public static func enclosing(_ path: String) throws -> Project {
    let working = FileManager.default.currentDirectoryPath
    for start in [path, working] {
      var folder = URL(fileURLWithPath: start).standardizedFileURL
      while folder.path != "/" {
        let project = Project(root: folder)
        if FileManager.default.fileExists(atPath: project.ledger.path) { return project }
        folder = folder.deletingLastPathComponent()
      }
    }
    throw Diagnostic(working, nil, "no notebooks/ledger here or above; run inside the project")
  }
}
