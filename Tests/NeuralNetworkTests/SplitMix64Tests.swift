import NeuralNetwork
import Testing

@Suite("SplitMix64")
struct SplitMix64Tests {
  @Test("Seed 1234567 gives the published vector")
  func publishedVector() {
    var random = SplitMix64(seed: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
    ]
    #expect(expected.indices.map { _ in random.next() } == expected)
  }

  @Test("A copy continues the same stream; another seed starts another")
  func streams() {
    var random = SplitMix64(seed: 7)
    _ = random.next()
    var copy = random
    #expect(random.next() == copy.next())
    var other = SplitMix64(seed: 8)
    #expect(random.next() != other.next())
  }

  @Test("A uniform number is the upper 53 bits as a fraction of the interval")
  func uniformMapping() {
    var random = SplitMix64(seed: 1_234_567)
    // 6457827717110365317 / 2⁶⁴, cut to 53 bits, between −1 and 3.
    let fraction = Double(6_457_827_717_110_365_317 as UInt64 >> 11) / 9_007_199_254_740_992
    #expect(random.uniform(-1, 3) == -1 + 4 * fraction)
  }

  @Test("The lower end of the interval is reached, the upper end is not")
  func uniformEnds() {
    // Seeds whose first 64 bits are all 0 and all 1.
    var zeros = SplitMix64(seed: 0x61C8_8646_80B5_83EB)
    #expect(zeros.uniform(1, 2) == 1)
    var ones = SplitMix64(seed: 0x3162_8AF6_7B21_31AB)
    let largest = ones.uniform(1, 2)
    // 1 + (1 − 2⁻⁵³) would be rounded to 2.
    #expect(largest == 2.0.nextDown)
  }

  @Test("The first and the last index are reached from bits that are all 0 and all 1")
  func indexEnds() {
    var zeros = SplitMix64(seed: 0x61C8_8646_80B5_83EB)
    #expect(zeros.index(below: 5) == 0)
    var ones = SplitMix64(seed: 0x3162_8AF6_7B21_31AB)
    #expect(ones.index(below: 5) == 4)
  }

  @Test("Uniform numbers stay in their interval and fill it evenly")
  func uniform() {
    var random = SplitMix64(seed: 1)
    var counts = Array(repeating: 0, count: 10)
    for _ in 0..<10_000 {
      let number = random.uniform(-2, 3)
      #expect(number >= -2 && number < 3)
      counts[Int((number + 2) * 2)] += 1
    }
    // 1000 in each tenth, with a standard deviation of 30.
    #expect(counts.allSatisfy { (880...1120).contains($0) }, "\(counts)")
  }

  @Test("Indices stay below their count and are about equally frequent", arguments: [1, 2, 7, 10])
  func index(count: Int) {
    var random = SplitMix64(seed: 2)
    var counts = Array(repeating: 0, count: count)
    for _ in 0..<1000 * count { counts[random.index(below: count)] += 1 }
    // 1000 of each, with a standard deviation of at most 32.
    #expect(counts.allSatisfy { (870...1130).contains($0) }, "\(counts)")
  }
}
