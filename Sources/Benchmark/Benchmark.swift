import ArgumentParser
import Foundation
import Kernels
import NeuralNetwork

/// Measures training in examples a second: gather, forward, backward, update.
@main struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures training in examples a second. Build it with -c release.")

  @Flag(help: "Print one JSON object instead of the tables.")
  var json = false

  @Option(help: "Measurements of each shape; the medians are printed.")
  var rounds = 5

  @Option(help: "Seconds of each measurement.")
  var seconds = 0.3

  @Option(help: "Only the shapes with these letters, as in 'cd'.")
  var only = "abcdef"

  func validate() throws {
    guard rounds >= 1, seconds > 0, seconds.isFinite else {
      throw ValidationError("--rounds must be 1 or more and --seconds positive.")
    }
    if let unknown = only.first(where: { letter in !Case.all.contains { $0.letter == letter } }) {
      throw ValidationError("There is no shape '\(unknown)'; the shapes are abcdef.")
    }
  }

  func run() throws {
    let runs = try Case.all.filter { only.contains($0.letter) }.map { ($0, try $0.trainer()) }
    var rates: [String: [Double]] = [:]
    for round in 1...rounds {
      for (shape, epoch) in runs {
        for threads in 1...2 {
          progress(
            "round \(round) of \(rounds): \(shape.letter) \(shape.name), threads: \(threads)")
          kernelSetThreads(Int32(threads))
          rates["\(shape.letter)\(threads)", default: []].append(try rate(shape.examples, epoch))
        }
      }
    }
    kernelSetThreads(1)
    progress("the cost of more examples, parameters and layers, with one thread")
    let growth = only == "abcdef" ? try Growth.measure() : []
    kernelSetThreads(0)
    progress("")
    if json {
      let rows = runs.map { shape, _ in
        (1...2).map { threads in
          let sorted = rates["\(shape.letter)\(threads)"]!.sorted()
          return
            "\"\(shape.letter)\(threads)\":{\"median\":\(sorted[sorted.count / 2]),\"least\":\(sorted[0]),\"most\":\(sorted[sorted.count - 1])}"
        }.joined(separator: ",")
      }
      print("{\(rows.joined(separator: ","))}")
      return
    }
    print("| shape | threads | examples/s | least | most |\n| --- | ---: | ---: | ---: | ---: |")
    for (shape, _) in runs {
      for threads in 1...2 {
        let sorted = rates["\(shape.letter)\(threads)"]!.sorted()
        print(
          "| \(shape.letter) \(shape.name) | \(threads) | \(Int(sorted[sorted.count / 2])) | \(Int(sorted[0])) | \(Int(sorted[sorted.count - 1])) |"
        )
      }
    }
    guard !growth.isEmpty else { return }
    print("\n| what grows | to | an epoch, ms | ns each |\n| --- | ---: | ---: | ---: |")
    for row in growth {
      print(
        "| \(row.what) | \(row.size) | \(decimals(row.nanoseconds / 1e6, 2)) | \(decimals(row.nanoseconds / Double(row.size), 1)) |"
      )
    }
  }

  private func decimals(_ number: Double, _ count: Int) -> String {
    String(format: "%.\(count)f", number)
  }

  /// Examples a second of one measurement, after as long a time in which caches and threads find their places.
  private func rate(_ examples: Int, _ epoch: () throws -> Void) throws -> Double {
    var rate = 0.0
    for _ in 0..<2 {
      let clock = ContinuousClock()
      let start = clock.now
      var epochs = 0
      var elapsed = 0.0
      repeat {
        try epoch()
        epochs += 1
        elapsed = (clock.now - start).inSeconds
      } while elapsed < seconds
      rate = Double(epochs * examples) / elapsed
    }
    return rate
  }

  /// A line that the next one replaces, on a terminal only.
  private func progress(_ text: String) {
    guard isatty(STDERR_FILENO) != 0 else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8))
  }
}

extension Duration {
  var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
