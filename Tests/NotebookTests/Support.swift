import Foundation
import Testing

@testable import Notebook

/// A prose chunk whose first line is line `number` of the source.
func prose(_ number: Int, _ texts: String...) -> LiterateSource.Chunk {
  .prose(lines(number, texts))
}

/// A code chunk whose first line is line `number` of the source.
func code(
  _ number: Int, _ texts: String..., as visibility: LiterateSource.Visibility = .shown
) -> LiterateSource.Chunk {
  .code(lines(number, texts), visibility)
}

func lines(_ first: Int, _ texts: [String]) -> [LiterateSource.Line] {
  texts.enumerated().map { LiterateSource.Line(number: first + $0.offset, text: $0.element) }
}

extension Ledger {
  /// A ledger of a lecture `demo` from rows of CSV, without the headers.
  init(_ claims: String = "", errata: String = "") throws {
    try self.init(
      lecture: "demo", claims: Self.claimHeader.joined(separator: ",") + "\n" + claims,
      claimsPath: "demo.csv", errata: Self.erratumHeader.joined(separator: ",") + "\n" + errata,
      errataPath: "errata.csv")
  }
}

extension Notebook {
  /// A notebook on the ledger with these rows, for a lecture `Demo.swift`.
  convenience init(
    claims: String = "", errata: String = "", reference: [String: Evidence]? = nil
  ) throws {
    try self.init(ledger: Ledger(claims, errata: errata), path: "Demo.swift", reference: reference)
  }
}

/// The report's body for a source and what was recorded for it.
func weave(_ text: String, _ notebook: Notebook) throws -> String {
  try Weave(text, notebook: notebook, path: "Demo.swift").markdown()
}

/// What `body` throws, as the terminal shows it; nil when it succeeds.
func message(_ body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch {
    return "\(error)"
  }
}

/// A folder of its own for one test, removed when the test is over.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("NotebookTests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func write(_ text: String, to path: String) throws {
    let file = url.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// Makes a symbolic link to another path of the folder.
  func link(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      at: url.appendingPathComponent(path),
      withDestinationURL: url.appendingPathComponent(target))
  }

  func read(_ path: String) throws -> String {
    try String(contentsOf: url.appendingPathComponent(path), encoding: .utf8)
  }

  /// The names of everything in the folder or in one of its own, hidden files included.
  func names(_ path: String = ".") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.appendingPathComponent(path).path)
      .sorted()
  }
}
