import Notebook

/// Any name of a field.
private struct AnyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

/// The fields of an object of a worksheet file. A field that the format does not know is a fault.
struct Fields<Key: CodingKey & CaseIterable> {
  private let container: KeyedDecodingContainer<Key>

  /// - Throws: `Fault` for a name that is not among the keys, with the nearest that is.
  init(_ decoder: any Decoder, _ keys: Key.Type = Key.self) throws {
    let path = Path(decoder.codingPath)
    let known = Key.allCases.map(\.stringValue)
    let found = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue).sorted()
    if let unknown = found.first(where: { !known.contains($0) }) {
      let meant = nearest(to: unknown, among: known).map { "; did you mean '\($0)'?" }
      throw Fault(
        path.key(unknown),
        "there is no such field\(meant ?? "; known: \(known.joined(separator: ", "))")")
    }
    container = try decoder.container(keyedBy: Key.self)
  }

  func optional<Value: Decodable>(_ key: Key) throws -> Value? {
    container.contains(key) ? try container.decode(Value.self, forKey: key) : nil
  }

  func required<Value: Decodable>(_ key: Key, _ what: String) throws -> Value {
    guard let value: Value = try optional(key) else {
      throw Fault(Path(container.codingPath).key(key.stringValue), "is missing: \(what)")
    }
    return value
  }
}

/// A setting that is one of a few names. Case, spaces and hyphens do not count: `leaky ReLU` is
/// `leakyReLU`.
protocol Choice: Decodable, CaseIterable, RawRepresentable where RawValue == String {
  /// Other names that mean the same.
  static var synonyms: [String: Self] { get }
  /// What to say of a name that is often written and means no single one.
  static var hints: [String: String] { get }
}

extension Choice {
  static var synonyms: [String: Self] { [:] }
  static var hints: [String: String] { [:] }

  init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    let path = Path(decoder.codingPath)
    let key = Self.folded(text)
    if let match = Self.allCases.first(where: { Self.folded($0.rawValue) == key }) {
      self = match
    } else if let match = Self.synonyms.first(where: { Self.folded($0.key) == key }) {
      self = match.value
    } else if let hint = Self.hints.first(where: { Self.folded($0.key) == key }) {
      throw Fault(path, "'\(text)' \(hint.value)")
    } else {
      let known = Self.allCases.map(\.rawValue)
      let meant = nearest(to: text, among: known + Self.synonyms.keys.sorted())
      throw Fault(
        path,
        "there is no '\(text.prefix(40))'"
          + (meant.map { "; did you mean '\($0)'?" } ?? "")
          + " (one of: \(known.joined(separator: ", ")))")
    }
  }

  private static func folded(_ text: String) -> String {
    text.lowercased().filter { !$0.isWhitespace && $0 != "-" && $0 != "_" }
      .replacing("×", with: "x")
  }
}

/// Numbers as they are written: one, a list, or a list of rows.
enum Grid: Decodable, Equatable {
  case number(Double)
  case list([Double])
  case rows([[Double]])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    var deepest: DecodingError?
    func attempt<Value: Decodable>(_ type: Value.Type) -> Value? {
      do {
        return try container.decode(type)
      } catch let error as DecodingError {
        if error.path.count > (deepest?.path.count ?? -1) { deepest = error }
      } catch {}
      return nil
    }
    if let rows = attempt([[Double]].self), !rows.isEmpty {
      self = .rows(rows)
    } else if let list = attempt([Double].self) {
      self = .list(list)
    } else if let number = attempt(Double.self) {
      self = .number(number)
    } else {
      throw deepest ?? DecodingError.dataCorruptedError(in: container, debugDescription: "")
    }
  }
}

/// A whole number. Foundation refuses 1.5 as an `Int` without saying where it stands.
struct Whole: Decodable, Equatable {
  let value: Int

  init(from decoder: any Decoder) throws {
    let number = try decoder.singleValueContainer().decode(Double.self)
    guard number == number.rounded(), abs(number) <= 0x1p53 else {
      throw Fault(Path(decoder.codingPath), "expected a whole number, found \(shown(number))")
    }
    value = Int(number)
  }
}

/// One value or a list of them.
enum OneOrMore<Value: Decodable & Equatable>: Decodable, Equatable {
  case one(Value)
  case list([Value])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Value.self) {
      self = .one(value)
    } else {
      self = .list(try container.decode([Value].self))
    }
  }
}

extension DecodingError {
  /// The place of the value that could not be read.
  var path: [any CodingKey] {
    switch self {
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .keyNotFound(_, let context), .dataCorrupted(let context):
      context.codingPath
    @unknown default: []
    }
  }

  /// What was expected there, in words.
  var expectation: String {
    switch self {
    case .typeMismatch(let type, _), .valueNotFound(let type, _):
      switch type {
      case is Double.Type: "expected a number"
      case is String.Type: "expected text in quotes"
      case is Bool.Type: "expected true or false"
      case is [String: Any].Type: "expected an object"
      default: "expected a list"
      }
    default: "is no value that fits here"
    }
  }
}
