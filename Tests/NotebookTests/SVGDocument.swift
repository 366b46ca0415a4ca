import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The elements of an SVG file, as an XML parser reads them.
final class SVGDocument: NSObject, XMLParserDelegate {
  struct Element {
    let name: String
    let parent: String?
    let attributes: [String: String]
    var text = ""

    /// An attribute as a number.
    func number(_ attribute: String) -> Double? { attributes[attribute].flatMap(Double.init) }
  }

  private(set) var elements: [Element] = []
  private var open: [Int] = []

  /// - Throws: what the parser says about a text that is not well-formed.
  init(_ text: String) throws {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
  }

  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  /// The data's own marks: what is drawn inside the frame.
  var marks: [Element] {
    let data = elements.firstIndex { $0.attributes["clip-path"] != nil } ?? elements.count
    return Array(elements[min(data + 1, elements.count)...])
  }

  /// All numbers in coordinates and paths.
  var coordinates: [Double] {
    let names: Set = ["x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "d"]
    return elements.flatMap { element in
      element.attributes.filter { names.contains($0.key) }.values.flatMap { value in
        value.split { "MLHV ".contains($0) }.map { Double($0) ?? .nan }
      }
    }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    open.append(elements.count)
    elements.append(
      Element(
        name: name, parent: open.dropLast().last.map { elements[$0].name }, attributes: attributes))
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if let last = open.last { elements[last].text += text }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    open.removeLast()
  }
}
