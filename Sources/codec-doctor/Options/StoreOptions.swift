import ArgumentParser
import Foundation
import RunStore

/// Where runs are stored.
struct StoreOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The run store.",
            discussion: "Default: $CODEC_DOCTOR_STORE, else $XDG_DATA_HOME/codec-doctor/runs.sqlite.",
            valueName: "file"
        ),
        completion: .file()
    )
    var store: String?

    /// The store's path.
    var path: String { store ?? RunStore.defaultPath(environment: ProcessInfo.processInfo.environment) }

    /// Opens the store.
    func open() throws -> RunStore { try RunStore(path: path) }
}
