// swift-tools-version: 6.1
import PackageDescription

/// The lectures, in the order of the course. Each is one file in `notebooks/` and one executable.
let lectures = ["Notation", "Forward", "Backprop", "Softmax", "Initialization", "Dropout"]

/// What the other lectures' targets must leave alone in the shared folder.
func others(than lecture: String) -> [String] {
  lectures.filter { $0 != lecture }.map { "\($0).swift" } + ["ledger", "data", "worksheets"]
}

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

/// `swift run` builds debug; the engine is optimized all the same, each module as a whole, so that its
/// generic code is compiled for `Double` and training takes seconds. (The compiler remarks that such a
/// module is always compiled anew.)
let optimized: [SwiftSetting] = [
  .unsafeFlags(
    ["-O", "-wmo", "-num-threads", "2", "-disable-batch-mode"], .when(configuration: .debug))
]

let package = Package(
  name: "neural-network-lectures",
  platforms: [.macOS(.v13)],
  products: lectures.map { .executable(name: "Lecture-\($0)", targets: ["Lecture-\($0)"]) }
    + [.executable(name: "Worksheet", targets: ["Worksheet"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .target(
      name: "Kernels", exclude: ["README.md"],
      cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))]),
    .target(name: "NeuralNetwork", dependencies: ["Kernels"], swiftSettings: optimized),
    .target(name: "Datasets", dependencies: ["NeuralNetwork"], swiftSettings: optimized),
    .target(name: "Notebook", dependencies: ["NeuralNetwork", argumentParser]),
    .executableTarget(
      name: "Lectures",
      dependencies: ["Notebook", argumentParser] + lectures.map { .target(name: "Lecture-\($0)") }),
    .executableTarget(
      name: "Worksheet", dependencies: ["NeuralNetwork", "Notebook", argumentParser]),
    .executableTarget(
      name: "Benchmark", dependencies: ["NeuralNetwork", "Kernels", argumentParser],
      exclude: ["peers.c", "peers.py"]),
    .testTarget(name: "NeuralNetworkTests", dependencies: ["NeuralNetwork", "Kernels"]),
    .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "NeuralNetwork"]),
    .testTarget(
      name: "NotebookTests", dependencies: ["Notebook", "NeuralNetwork", argumentParser]),
    .testTarget(
      name: "WorksheetTests", dependencies: ["Worksheet", "Notebook", "NeuralNetwork"]),
    .testTarget(
      name: "LectureTests",
      dependencies: ["Notebook", "Lectures"] + lectures.map { .target(name: "Lecture-\($0)") },
      resources: [.copy("pinned.csv")]),
  ]
    + lectures.map { lecture in
      .executableTarget(
        name: "Lecture-\(lecture)", dependencies: ["Datasets", "NeuralNetwork", "Notebook"],
        path: "notebooks", exclude: others(than: lecture), sources: ["\(lecture).swift"])
    }
)
