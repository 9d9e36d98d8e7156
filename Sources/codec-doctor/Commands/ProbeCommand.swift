import ArgumentParser

/// `probe`: measures what a net can do instead of believing it.
struct ProbeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe",
        abstract: "Measure what a discriminator, a codec or a single layer can do.",
        discussion: """
            'codec-doctor probe discriminator' alone compares the origin's grouped discriminator with DAC's within a minute. \
            Exit status: 0 measured, 1 the net in question is unable to learn or holds NaN, 2 could not run.
            """,
        subcommands: [ProbeCodecCommand.self, ProbeDiscriminatorCommand.self, ProbeLayerCommand.self]
    )
}
