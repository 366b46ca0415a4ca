#!/usr/bin/env python3
"""Runs this benchmark and its peers in turn, and prints the ratios.

    swift build -c release --product Benchmark
    python3 Sources/Benchmark/peers.py [--rounds 5] [--seconds 0.3] [--only cdef] [--genann DIR] [--json]

NumPy, JAX, PyTorch (CPU) and scikit-learn are used where they can be imported, in their own processes with one and
with two threads. The better of the two counts, on each side. Peers make the same step: gather, forward,
backward, update; JAX compiles all steps of an epoch into one call (scan). FANN is used where cc finds it (Debian's
libfann-dev), and genann where its sources lie in DIR: shapes a to c, example by example. With --only and one shape,
the memory that each process has needed at most is printed too.
"""
import argparse, itertools, json, os, statistics, subprocess, sys, tempfile, time

SHAPES = {
    "a": ([1, 2, 1], 1, 4096), "b": ([2, 4, 1], 4, 4096), "c": ([784, 30, 10], 10, 10000),
    "d": ([784, 128, 10], 64, 9984), "e": ([784, 512, 512, 10], 128, 2560),
    "f": ([64, 32, 10], 32, 1792),
}
PEERS = ["numpy", "jax", "torch", "sklearn"]
C_PEERS = ["genann", "fann"]


def data(letter):
    import numpy as np
    sizes, batch, count = SHAPES[letter]
    kind = np.float64 if letter in "abc" else np.float32
    random = np.random.default_rng(1)
    x = random.random((count, sizes[0])).astype(kind)
    labels = random.integers(0, max(sizes[-1], 2), count)
    y = labels[:, None].astype(kind) if sizes[-1] == 1 else np.eye(sizes[-1], dtype=kind)[labels]
    weights = [(random.standard_normal((n, m)) * (1 / n) ** 0.5).astype(kind)
               for n, m in zip(sizes, sizes[1:])]
    return x, y, labels, weights, [np.zeros(m, kind) for m in sizes[1:]], batch, random


def numpy_epoch(letter):
    import numpy as np
    x, y, _, w, b, batch, random = data(letter)
    sigmoid = letter in "abc"
    rate = x.dtype.type(0.01)

    def epoch():
        order = random.permutation(len(x))
        # A step of the smallest shapes is all overhead: a part of the epoch measures it.
        steps = min(len(x) // batch, 512)
        for start in range(0, steps * batch, batch):
            part = order[start:start + batch]
            a = [x[part]]
            for i, (wi, bi) in enumerate(zip(w, b)):
                z = a[-1] @ wi + bi
                if sigmoid:
                    a.append(1 / (1 + np.exp(-z)))
                elif i < len(w) - 1:
                    a.append(np.maximum(z, 0))
                else:
                    e = np.exp(z - z.max(1, keepdims=True))
                    a.append(e / e.sum(1, keepdims=True))
            d = a[-1] - y[part]
            if sigmoid:
                d = d * a[-1] * (1 - a[-1])
            for i in range(len(w) - 1, -1, -1):
                below = None
                if i:
                    below = d @ w[i].T
                    below = below * a[i] * (1 - a[i]) if sigmoid else below * (a[i] > 0)
                w[i] -= rate / batch * (a[i].T @ d)
                b[i] -= rate / batch * d.sum(0)
                d = below
        return steps * batch

    return epoch


def jax_epoch(letter):
    import jax, jax.numpy as jnp, numpy as np
    jax.config.update("jax_enable_x64", letter in "abc")
    jax.config.update("jax_platforms", "cpu")
    x, y, _, w, b, batch, random = data(letter)
    sigmoid = letter in "abc"
    x, y = jnp.asarray(x), jnp.asarray(y)
    parameters = (list(map(jnp.asarray, w)), list(map(jnp.asarray, b)))

    def cost(parameters, xs, ys):
        a = xs
        w, b = parameters
        for i, (wi, bi) in enumerate(zip(w, b)):
            z = a @ wi + bi
            if sigmoid:
                a = jax.nn.sigmoid(z)
            elif i < len(w) - 1:
                a = jax.nn.relu(z)
            else:
                return -(jax.nn.log_softmax(z) * ys).sum() / len(xs)
        return 0.5 * ((a - ys) ** 2).sum() / len(xs)

    @jax.jit
    def run(parameters, order):
        def step(p, part):
            g = jax.grad(cost)(p, x[part], y[part])
            return jax.tree.map(lambda v, d: v - 0.01 * d, p, g), None
        return jax.lax.scan(step, parameters, order)[0]

    def epoch():
        nonlocal parameters
        order = random.permutation(len(x))[:len(x) // batch * batch].reshape(-1, batch)
        parameters = jax.block_until_ready(run(parameters, jnp.asarray(order)))
        return order.size

    return epoch


def torch_epoch(letter):
    import torch
    torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    x, y, labels, _, _, batch, _ = data(letter)
    sizes = SHAPES[letter][0]
    sigmoid = letter in "abc"
    layers = []
    for i, (n, m) in enumerate(zip(sizes, sizes[1:])):
        layers.append(torch.nn.Linear(n, m, dtype=torch.float64 if sigmoid else torch.float32))
        if sigmoid or i < len(sizes) - 2:
            layers.append(torch.nn.Sigmoid() if sigmoid else torch.nn.ReLU())
    net = torch.nn.Sequential(*layers)
    optimizer = torch.optim.SGD(net.parameters(), 0.01)
    loss = torch.nn.MSELoss() if sigmoid else torch.nn.CrossEntropyLoss()
    x = torch.from_numpy(x)
    y = torch.from_numpy(y if sigmoid else labels)

    def epoch():
        order = torch.randperm(len(x))
        steps = min(len(x) // batch, 256)
        for start in range(0, steps * batch, batch):
            part = order[start:start + batch]
            optimizer.zero_grad()
            loss(net(x[part]), y[part]).backward()
            optimizer.step()
        return steps * batch

    return epoch


def sklearn_epoch(letter):
    from sklearn.neural_network import MLPClassifier, MLPRegressor
    x, y, labels, _, _, batch, _ = data(letter)
    sizes = SHAPES[letter][0]
    kind = MLPRegressor if letter in "abc" else MLPClassifier
    net = kind(hidden_layer_sizes=tuple(sizes[1:-1]), activation="logistic" if letter in "abc" else "relu",
               solver="sgd", batch_size=batch, learning_rate_init=0.01, momentum=0, alpha=0)
    count = min(len(x), 256 * batch)
    x = x[:count]
    y = (y if letter in "abc" else labels)[:count]
    y = y.ravel() if letter in "ab" else y

    def epoch():
        if letter in "abc":
            net.partial_fit(x, y)
        else:
            net.partial_fit(x, y, classes=range(sizes[-1]))
        return count

    return epoch


def worker(peer):
    """Answers each line, a shape and a number of seconds, with a rate."""
    epochs = {}
    for line in sys.stdin:
        letter, seconds = line.split()
        try:
            if letter not in epochs:
                epochs[letter] = globals()[peer + "_epoch"](letter)
                epochs[letter]()
            start, done = time.perf_counter(), 0
            while time.perf_counter() - start < float(seconds):
                done += epochs[letter]()
            print(done / (time.perf_counter() - start), flush=True)
        except Exception as error:  # One peer that is missing or broken does not stop the others.
            print(f"{peer}: {error}", file=sys.stderr)
            print("missing", flush=True)


def megabytes(process):
    """Waits for a process, and says how much memory it has needed at most."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def c_peers(genann, folder):
    """The C peers that can be compiled, with their programs."""
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers.c")
    options = {"fann": ["-DFANN", source, "-ldoublefann"]}
    if genann:
        options["genann"] = ["-DGENANN", "-I", genann, source, os.path.join(genann, "genann.c")]
    programs = {}
    for peer, option in options.items():
        program = os.path.join(folder, peer)
        try:
            subprocess.run(["cc", "-O2", "-march=native", "-DNDEBUG", *option, "-o", program, "-lm"], check=True,
                           capture_output=True, text=True)
            programs[peer] = program
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"{peer}: {getattr(error, 'stderr', error)}", file=sys.stderr)
    return programs


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.3)
    parser.add_argument("--only", default="abcdef")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--benchmark", default=".build/release/Benchmark")
    parser.add_argument("--genann")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        return worker(options.worker)
    workers = {}
    # Shapes in double precision have workers of their own: JAX does not change its types once it runs.
    for peer, threads, double in itertools.product(PEERS, (1, 2), (True, False)):
        if any((letter in "abc") == double for letter in options.only):
            environment = dict(os.environ, OMP_NUM_THREADS=str(threads), OPENBLAS_NUM_THREADS=str(threads),
                               MKL_NUM_THREADS=str(threads))
            command = [sys.executable, "-W", "ignore", __file__, "--worker", peer]
            if threads == 1 and hasattr(os, "sched_setaffinity") and peer == "jax":
                command = ["taskset", "-c", "0"] + command  # JAX has no switch for its threads.
            workers[peer, threads, double] = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
    folder = tempfile.TemporaryDirectory()
    if any(letter in "abc" for letter in options.only):
        for peer, program in c_peers(options.genann, folder.name).items():
            workers[peer, 1, True] = subprocess.Popen(
                [program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    rates, memory = {}, {}
    for round_ in range(options.rounds):
        for letter in options.only:
            if sys.stderr.isatty():
                print(f"\r\x1b[Kround {round_ + 1} of {options.rounds}: {letter}", end="", file=sys.stderr)
            process = subprocess.Popen(
                [options.benchmark, "--json", "--rounds", "1", "--seconds", str(options.seconds), "--only", letter],
                stdout=subprocess.PIPE, text=True)
            answer = process.stdout.read()
            memory["ours"] = max(megabytes(process), memory.get("ours", 0))
            if process.returncode:
                sys.exit(f"{options.benchmark} failed")
            ours = json.loads(answer)
            for threads in (1, 2):
                rates.setdefault(("swift", letter, threads), []).append(ours[f"{letter}{threads}"]["median"])
            for (peer, threads, double), process in workers.items():
                if double != (letter in "abc"):
                    continue
                process.stdin.write(f"{letter} {options.seconds}\n")
                process.stdin.flush()
                answer = process.stdout.readline().strip()
                if answer not in ("", "missing"):
                    rates.setdefault((peer, letter, threads), []).append(float(answer))
    for (peer, threads, double), process in workers.items():
        process.stdin.close()
        memory[peer] = max(megabytes(process), memory.get(peer, 0))
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
    if options.json:
        return print(json.dumps({f"{p} {l}{t}": r for (p, l, t), r in rates.items()}))

    def best(name, letter):
        found = [statistics.median(r) for (p, l, _), r in rates.items() if (p, l) == (name, letter)]
        return max(found) if found else None

    peers = PEERS + C_PEERS
    print("| shape | ours, examples/s | least to most | " + " | ".join("÷ " + p for p in peers) + " |")
    print("| --- | ---: | ---: |" + " ---: |" * len(peers))
    for letter in options.only:
        ours = best("swift", letter)
        spread = max((r for (p, l, _), r in rates.items() if (p, l) == ("swift", letter)), key=statistics.median)
        ratios = [f"{ours / best(p, letter):.2f}" if best(p, letter) else "" for p in peers]
        print(f"| {letter} {'-'.join(map(str, SHAPES[letter][0]))} | {ours:,.0f} | {min(spread):,.0f} to {max(spread):,.0f} | " + " | ".join(ratios) + " |")
    if len(options.only) == 1:
        print("\nMemory, MB at most: " + ", ".join(
            f"{name} {size:.0f}" for name, size in memory.items() if name == "ours" or best(name, options.only)))


main()
