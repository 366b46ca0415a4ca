/// How many letters must be changed, added or left out to get from one text to the other.
public func distance(_ a: String, _ b: String) -> Int {
  let b = Array(b)
  var row = Array(0...b.count)
  for (i, letter) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for j in b.indices {
      let change = diagonal + (letter == b[j] ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(change, row[j] + 1, diagonal + 1)
    }
  }
  return row[b.count]
}

/// The known name that is nearest to a text, whatever the case of its letters; nil where none is near
/// enough to be what was meant.
public func nearest(to text: String, among known: some Sequence<String>) -> String? {
  let text = String(text.prefix(60)).lowercased()
  let best = known.map { ($0, distance(text, $0.lowercased())) }.min { $0.1 < $1.1 }
  return best.flatMap { $0.1 <= max(2, min(text.count, $0.0.count) / 2) ? $0.0 : nil }
}
