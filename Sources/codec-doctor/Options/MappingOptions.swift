import ArgumentParser
import TrainingMetrics

/// Corrections of what metrics mean, and the configuration file that may hold them.
struct MappingOptions: ParsableArguments {
    @Option(
        name: .customLong("map"),
        help: ArgumentHelp(
            "Say what a metric is, such as loss_d=discriminatorLoss; repeatable; * stands for anything.",
            valueName: "name=role"
        )
    )
    var map: [String] = []

    @Option(
        name: .customLong("config"),
        help: ArgumentHelp("A configuration file.", discussion: "Default: codec-doctor.yml here, if there is one.")
    )
    var configuration: String?

    /// The configuration, with `--map` in front of its own roles.
    func load() throws -> DoctorConfiguration {
        var loaded = try DoctorConfiguration.load(path: configuration)
        loaded.overrides = try map.map { try RoleOverride(parsing: $0) } + loaded.overrides
        return loaded
    }
}
