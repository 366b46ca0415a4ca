import Foundation

/// A file of unsigned bytes in the IDX format, in which MNIST is distributed.
///
/// A header of whole numbers, four bytes each with the most significant first: the magic number, then
/// the size of every dimension. The bytes follow, the last dimension running fastest. The magic number
/// is 0x0800 plus the number of dimensions; the 08 stands for unsigned bytes.
///
/// Source: Y. LeCun, C. Cortes and C. J. C. Burges, "The MNIST database of handwritten digits".
struct IDXFile {
  let sizes: [Int]
  let bytes: Data

  /// Reads a whole file.
  ///
  /// - Parameter what: what the file should hold, for messages.
  /// - Throws: `DataError` for a file that cannot be read, is compressed, has another magic number, or
  ///   is shorter or longer than its sizes say.
  init(_ url: URL, dimensions: Int, what: String) throws {
    func fault(_ message: String) -> DataError { DataError(url.path, message) }
    guard let data = try? Data(contentsOf: url, options: .mappedIfSafe) else {
      throw fault("cannot be read")
    }
    if data.starts(with: [0x1F, 0x8B]) { throw fault("is compressed; unpack it with gunzip") }
    let header = 4 * (1 + dimensions)
    func number(_ index: Int) -> Int {
      data.dropFirst(4 * index).prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }
    let magic = 0x0800 + dimensions
    guard data.count < 4 || number(0) == magic else {
      throw fault(
        "the magic number is \(Self.hexadecimal(number(0))); \(what) have \(Self.hexadecimal(magic))"
      )
    }
    guard data.count >= header else {
      throw fault("is cut off in its header: \(data.count) of \(header) bytes")
    }
    let sizes = (1...dimensions).map(number)
    // The product of three sizes of 32 bits may not fit into an Int.
    let product = sizes.reduce(1.0) { $0 * Double($1) }
    let count = data.count - header
    guard product == Double(count) else {
      let shape = sizes.map(String.init).joined(separator: " × ")
      throw fault(
        "is too \(Double(count) < product ? "short" : "long"): \(shape) \(what) need "
          + "\(Int(exactly: product).map(String.init) ?? "\(product)") bytes after the header, found "
          + "\(count)")
    }
    self.sizes = sizes
    bytes = data.dropFirst(header)
  }

  private static func hexadecimal(_ number: Int) -> String {
    let digits = String(number, radix: 16, uppercase: true)
    return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
  }
}
