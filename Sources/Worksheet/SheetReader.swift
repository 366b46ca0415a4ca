import Foundation
import Notebook

/// Reads worksheet files.
enum SheetReader {
  /// A larger file is not read at all: the longest worksheet that a person writes has some kilobytes.
  static let largestFile = 2_000_000

  /// The worksheet of a file.
  ///
  /// - Throws: `Diagnostic` with the file, the line and the path of what is wrong.
  static func sheet(path: String) throws -> Sheet {
    try sheet(text: text(path: path), path: path)
  }

  /// The text of a file.
  ///
  /// - Throws: `Diagnostic` for a file that is missing, too large, or not text.
  static func text(path: String, largest: Int = largestFile) throws -> String {
    let manager = FileManager.default
    // Links are followed: the attributes of a link are not those of its file.
    let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    guard let attributes = try? manager.attributesOfItem(atPath: real) else {
      throw Diagnostic(path, nil, "there is no such file")
    }
    guard attributes[.type] as? FileAttributeType == .typeRegular else {
      throw Diagnostic(path, nil, "is not a file")
    }
    let size = (attributes[.size] as? NSNumber)?.intValue ?? 0
    guard size <= largest else {
      throw Diagnostic(path, nil, "has \(size) bytes; a file of at most \(largest) is read")
    }
    guard let data = manager.contents(atPath: real) else {
      throw Diagnostic(path, nil, "cannot be read")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw Diagnostic(path, nil, "is not text in UTF-8")
    }
    return text
  }

  /// The worksheet of a text.
  ///
  /// - Throws: `Diagnostic`, as `sheet(path:)`.
  static func sheet(text: String, path: String) throws -> Sheet {
    var source: SourceNode?
    do {
      var scanner = SourceScanner(text)
      let root = try scanner.scan()
      source = root
      guard root.kind == .object else {
        throw Fault(line: root.line, "expected an object, { … }, found \(root.kind.name)")
      }
      return try SheetValidator(file(text, root), name: name(path)).sheet()
    } catch let fault as Fault {
      throw diagnostic(fault, source, path)
    }
  }

  private static func name(_ path: String) -> String {
    URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
  }

  private static func file(_ text: String, _ source: SourceNode) throws -> SheetFile {
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    do {
      return try decoder.decode(SheetFile.self, from: Data(text.utf8))
    } catch let error as DecodingError {
      let place = Path(error.path)
      guard !place.steps.isEmpty else { throw Fault(line: source.line, "is not JSON5") }
      let node = source.nearest(place)
      throw Fault(place, "\(error.expectation), found \(node.kind.name)")
    }
  }

  private static func diagnostic(_ fault: Fault, _ source: SourceNode?, _ path: String)
    -> Diagnostic
  {
    let place = fault.path.description
    return Diagnostic(
      path, fault.line ?? source?.nearest(fault.path).line,
      place.isEmpty ? fault.message : "\(place): \(fault.message)")
  }
}
