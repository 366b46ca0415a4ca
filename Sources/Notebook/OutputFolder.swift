import Foundation

/// A file that a run wants to write.
public struct OutputFile: Equatable, Sendable {
  /// The name in the folder; with a `/`, in a folder of it.
  public let name: String
  public let text: String

  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}

/// The folder that a lecture writes to.
public struct OutputFolder: Sendable {
  public let url: URL

  public init(_ url: URL) { self.url = url }

  /// The folder that a user names; nil for none.
  ///
  /// - Throws: `Diagnostic` for an empty name.
  public static func chosen(_ path: String?) throws -> OutputFolder? {
    guard let path else { return nil }
    guard !path.isEmpty else { throw Diagnostic("--output", nil, "the folder's name is empty") }
    return OutputFolder(URL(fileURLWithPath: path))
  }

  /// Whether this is the folder or lies below it, whatever links lead there.
  func isInside(_ other: URL) -> Bool {
    let path = Self.resolved(url)
    return path == Self.resolved(other) || path.hasPrefix(Self.resolved(other) + "/")
  }

  func isSame(as other: URL) -> Bool { Self.resolved(url) == Self.resolved(other) }

  /// The path without links and dots: those of the part that exists, for the rest is yet to be made.
  private static func resolved(_ url: URL) -> String {
    var existing = url.path
    var rest: [String] = []
    while existing != "/" {
      if let real = realpath(existing, nil) {
        defer { free(real) }
        return ([String(cString: real)] + rest).joined(separator: "/")
      }
      rest.insert((existing as NSString).lastPathComponent, at: 0)
      existing = (existing as NSString).deletingLastPathComponent
    }
    return "/" + rest.joined(separator: "/")
  }

  /// - Parameter marks: what an earlier run has left there, at least one of them.
  /// - Throws: `Diagnostic` for a folder that holds files but no mark: somebody else's.
  public func requireOwn(marks: [String] = ["report.md"]) throws {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? [])
      .filter { !$0.hasPrefix(".") }
    if !names.isEmpty && !names.contains(where: marks.contains) {
      throw Diagnostic(url.path, nil, "this folder holds other files; name a new or an empty one")
    }
  }

  /// Writes all files under a folder of this run's own, then renames them into place, the report last.
  ///
  /// When anything cannot be written, no file is changed. A process that is stopped while it renames
  /// leaves whole files, some old and some new, and a report that `--check` finds stale.
  ///
  /// - Parameters:
  ///   - removingOthers: whether reports, tables and figures that are not among `files` are removed.
  /// - Throws: `Diagnostic` with the folder and the system's reason.
  public func write(_ files: [OutputFile], removingOthers: Bool) throws {
    let manager = FileManager.default
    let staging = url.appendingPathComponent(".new-\(UUID().uuidString)")
    defer { try? manager.removeItem(at: staging) }
    do {
      try manager.createDirectory(at: staging, withIntermediateDirectories: true)
      for file in files {
        for root in file.name.contains("/") ? [staging, url] : [] {
          try manager.createDirectory(
            at: root.appendingPathComponent(file.name).deletingLastPathComponent(),
            withIntermediateDirectories: true)
        }
        // A folder in a file's place would stop the renaming half-way.
        var isFolder: ObjCBool = false
        let target = url.appendingPathComponent(file.name).path
        if manager.fileExists(atPath: target, isDirectory: &isFolder), isFolder.boolValue {
          throw Diagnostic(target, nil, "cannot be replaced: it is a folder")
        }
        try Data(file.text.utf8).write(to: staging.appendingPathComponent(file.name))
      }
    } catch {
      if let fault = error as? Diagnostic { throw fault }
      throw Diagnostic(
        url.path, nil, "cannot write here: \(fileInTheWay ?? error.localizedDescription)")
    }
    for file in files.filter({ $0.name != "report.md" }) + files.filter({ $0.name == "report.md" })
    {
      let target = url.appendingPathComponent(file.name)
      guard rename(staging.appendingPathComponent(file.name).path, target.path) == 0 else {
        throw Diagnostic(
          target.path, nil, "cannot be replaced: \(String(cString: strerror(errno)))")
      }
    }
    guard removingOthers else { return }
    for name in try others(than: files) {
      try? manager.removeItem(at: url.appendingPathComponent(name))
    }
  }

  /// What stands where the folder or one above it should be; the system's reason would name only a number.
  private var fileInTheWay: String? {
    var path = url.path
    while path != "/" {
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
        return isFolder.boolValue ? nil : "\(path) is a file"
      }
      path = (path as NSString).deletingLastPathComponent
    }
    return nil
  }

  /// How the folder differs from what a run would write; empty when it is up to date.
  public func differences(from files: [OutputFile]) -> [String] {
    let missing = "is missing; run without --check to write it"
    let stale: [String] = files.flatMap { file -> [String] in
      guard
        let old = try? String(contentsOf: url.appendingPathComponent(file.name), encoding: .utf8)
      else { return ["\(file.name) \(missing)"] }
      return Comparison(old: old, new: file.text, name: file.name).differences
    }
    let extra = (try? others(than: files)) ?? []
    return stale + extra.map { "\($0) is no longer written" }
  }

  private func others(than files: [OutputFile]) throws -> [String] {
    let names = Set(files.map(\.name))
    return try FileManager.default.contentsOfDirectory(atPath: url.path).filter { name in
      !names.contains(name) && [".md", ".csv", ".svg"].contains { name.hasSuffix($0) }
    }.sorted()
  }
}

/// An old and a new version of one file, compared as a reader would: number by number in tables.
struct Comparison {
  let old: String
  let new: String
  let name: String

  /// What moved; at most a few lines a file.
  var differences: [String] {
    if old == new { return [] }
    let found = name.hasSuffix(".csv") ? movedCells : movedLines
    let shown = found.prefix(Self.shown)
    return shown + (found.count > shown.count ? ["\(name): \(found.count - shown.count) more"] : [])
  }

  private static let shown = 8

  private var movedLines: [String] {
    let a = old.split(separator: "\n", omittingEmptySubsequences: false)
    let b = new.split(separator: "\n", omittingEmptySubsequences: false)
    let changed = zip(a, b).enumerated().filter { $0.element.0 != $0.element.1 }
    let counts = a.count == b.count ? [] : ["\(name): \(a.count) → \(b.count) lines"]
    return counts
      + changed.map { "\(name):\($0.offset + 1): \(short($0.element.0)) → \(short($0.element.1))" }
  }

  /// Cells that differ. Numbers at full precision may differ in the last digits between platforms, so
  /// they are the same when nine digits agree, or when both are rounding noise below 1e−12.
  private var movedCells: [String] {
    guard let a = try? CSV.parse(self.old, path: name), let b = try? CSV.parse(new, path: name),
      let header = b.first?.fields, a.first?.fields == header,
      (a + b).allSatisfy({ $0.fields.count == header.count })
    else { return ["\(name): the columns changed"] }
    let idColumn = header.firstIndex(of: "id")
    let sourceColumn = header.firstIndex(of: "source")
    // Rows with an id are compared by it, others by their place.
    func key(_ index: Int, _ record: CSV.Record) -> String {
      idColumn.map { record.fields[$0] } ?? "row \(index)"
    }
    let old = Dictionary(
      a.enumerated().dropFirst().map { (key($0.offset, $0.element), $0.element) }
    ) { first, _ in first }
    let keys = b.enumerated().dropFirst().map { key($0.offset, $0.element) }
    let known = Set(keys)
    var found = a.enumerated().dropFirst().map { key($0.offset, $0.element) }
      .filter { !known.contains($0) }.map { "\(name): \($0) is gone" }
    for (key, after) in zip(keys, b.dropFirst()) {
      guard let before = old[key] else {
        found.append("\(name): \(key) is new")
        continue
      }
      for (column, heading) in header.enumerated()
      where !isSame(before.fields[column], after.fields[column]) {
        let source = sourceColumn.map { " (\(after.fields[$0]))" } ?? ""
        found.append(
          "\(name): \(key), \(heading): \(short(before.fields[column])) → "
            + "\(short(after.fields[column]))\(source)")
      }
    }
    return found
  }

  private func isSame(_ a: String, _ b: String) -> Bool {
    if a == b { return true }
    let left = a.split(list: ";").map(Double.init)
    let right = b.split(list: ";").map(Double.init)
    return left.count == right.count
      && zip(left, right).allSatisfy { x, y in
        guard let x, let y, x.isFinite && y.isFinite else { return false }
        return abs(x - y) <= 1e-9 * max(abs(x), abs(y)) || max(abs(x), abs(y)) < 1e-12
      }
  }

  private func short(_ text: some StringProtocol) -> String {
    text.isEmpty ? "(nothing)" : text.count > 60 ? "\(text.prefix(60))…" : String(text)
  }
}
