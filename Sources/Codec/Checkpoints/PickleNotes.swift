/// Remarks on what a pickle names but this reader does not know.
enum PickleNotes {
    /// Most names that are listed one by one.
    private static let longestList = 20
    /// Modules and functions whose use in a checkpoint has no honest reason: loading it with Python would run them.
    private static let runners: Set<String> = [
        "os", "posix", "nt", "subprocess", "sys", "pty", "shutil", "socket", "runpy", "importlib", "ctypes", "code",
        "webbrowser", "commands", "platform", "timeit", "pdb", "bdb", "imp", "pip", "requests", "urllib", "http",
        "ftplib",
        "multiprocessing", "threading", "asyncio", "pickle", "_pickle", "marshal", "types", "inspect",
    ]
    private static let runningBuiltins: Set<String> = [
        "eval", "exec", "execfile", "compile", "open", "getattr", "setattr", "delattr", "__import__", "globals",
        "locals",
        "breakpoint", "input", "apply", "vars", "map", "filter", "reduce",
    ]

    /// One note on names that look malicious, one on other unknown names.
    static func notes(on graph: PickleGraph) -> [String] {
        let unknown = graph.globals.filter { !PickleInterpreter.isKnown($0) }
        let dangerous = unknown.filter(isDangerous)
        let others = unknown.filter { !isDangerous($0) }
        var notes: [String] = []
        if !dangerous.isEmpty {
            notes.append(
                "DANGEROUS: loading this file with Python could run \(listing(dangerous)); nothing was run here"
            )
        }
        if !others.isEmpty {
            notes.append("refers to \(listing(others)), which are kept as data and were not run")
        }
        return notes
    }

    /// Whether loading it with Python could run something.
    static func isDangerous(_ name: String) -> Bool {
        let parts = name.split(separator: ".")
        guard let module = parts.first, let function = parts.last else { return false }
        if module == "builtins" || module == "__builtin__" { return runningBuiltins.contains(String(function)) }
        return runners.contains(String(module)) || name == "operator.attrgetter" || name == "operator.methodcaller"
    }

    private static func listing(_ names: [String]) -> String {
        let shown = names.prefix(longestList).map { String($0.prefix(100)) }.joined(separator: ", ")
        return names.count > longestList ? shown + " and \(names.count - longestList) more" : shown
    }
}
