import Foundation
import NeuralNetwork

extension LabeledImages {
  /// Reads the 8 × 8 digits: a header, then one row an image, `label,pixel,…,pixel` with pixels of 0
  /// to 16, which are scaled to 0 to 1.
  ///
  /// - Throws: `DataError` with the line of a row that is not 65 whole numbers in their ranges.
  public static func digits(_ url: URL) throws -> LabeledImages {
    guard let data = try? Data(contentsOf: url) else {
      throw DataError(url.path, "cannot be read")
    }
    var labels: [Int] = []
    var pixels: [UInt8] = []
    for (index, row) in data.split(separator: UInt8(ascii: "\n")).enumerated().dropFirst() {
      let numbers = try row.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        .map { field in
          guard let number = Int(String(decoding: field, as: UTF8.self)) else {
            throw DataError(
              "\(url.path):\(index + 1)",
              "'\(String(decoding: field, as: UTF8.self))' is not a whole number")
          }
          return number
        }
      guard numbers.count == 65, (0...9).contains(numbers[0]),
        numbers.dropFirst().allSatisfy((0...16).contains)
      else {
        throw DataError(
          "\(url.path):\(index + 1)", "expected a label of 0 to 9 and 64 pixels of 0 to 16")
      }
      labels.append(numbers[0])
      pixels += numbers.dropFirst().map(UInt8.init)
    }
    guard !labels.isEmpty else { throw DataError(url.path, "has no images") }
    return LabeledImages(
      bytes: ByteMatrix(rows: 64, columns: labels.count, bytes: pixels, scale: 16), labels: labels)
  }
}
