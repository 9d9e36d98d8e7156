// swift-tools-version: 6.2
import PackageDescription

/// Language settings every target shares; `imports are internal unless stated` keeps the architecture visible.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// Readers, rules and statistics loop over millions of samples; a debug build of them is 30 to 170 times slower,
/// so they are optimised in every configuration. `precondition` stays, `assert` goes.
let optimised: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
    name: "codec-doctor",
    products: [
        .executable(name: "codec-doctor", targets: ["codec-doctor"]),
        .library(name: "TrainingMetrics", targets: ["TrainingMetrics"]),
        .library(name: "RunStore", targets: ["RunStore"]),
        .library(name: "HealthRules", targets: ["HealthRules"]),
        .library(name: "HealthReport", targets: ["HealthReport"]),
        .library(name: "Codec", targets: ["Codec"]),
        .library(name: "SpeechData", targets: ["SpeechData"]),
        .library(name: "Probe", targets: ["Probe"]),
        .library(name: "Training", targets: ["Training"]),
        .library(name: "Experiments", targets: ["Experiments"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        .target(name: "TrainingMetrics", swiftSettings: optimised),
        .target(
            name: "RunStore",
            dependencies: [
                "TrainingMetrics",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: optimised
        ),
        .target(
            name: "HealthRules",
            dependencies: ["TrainingMetrics", .product(name: "Yams", package: "Yams")],
            resources: [.embedInCode("Profiles")],
            swiftSettings: optimised
        ),
        .target(name: "HealthReport", dependencies: ["HealthRules", "TrainingMetrics"], swiftSettings: strict),
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "CFFTW", pkgConfig: "fftw3f", providers: [.apt(["libfftw3-dev"])]),
        .systemLibrary(name: "CSndFile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
        .systemLibrary(name: "CSoxr", pkgConfig: "soxr", providers: [.apt(["libsoxr-dev"])]),
        .target(name: "CKernels", cSettings: [.unsafeFlags(["-O3", "-fno-math-errno", "-fno-trapping-math"])]),
        .target(
            name: "Codec",
            dependencies: ["CKernels", "COpenBLAS", "CFFTW", "CSndFile", "CSoxr"],
            swiftSettings: optimised
        ),
        .target(name: "CShippedSpeech"),
        .target(name: "SpeechData", dependencies: ["Codec", "CShippedSpeech"], swiftSettings: optimised),
        .target(
            name: "Training",
            dependencies: ["Codec", "SpeechData", "TrainingMetrics"],
            swiftSettings: optimised
        ),
        .target(
            name: "Experiments",
            dependencies: ["Codec", "SpeechData", "Training", "TrainingMetrics", "HealthRules"],
            swiftSettings: optimised
        ),
        .target(
            name: "Probe",
            dependencies: ["TrainingMetrics", "Codec", "SpeechData", .product(name: "Yams", package: "Yams")],
            swiftSettings: optimised
        ),
        .executableTarget(name: "CodecBenchmarks", dependencies: ["Codec", "Training"], swiftSettings: optimised),
        .executableTarget(
            name: "codec-doctor",
            dependencies: [
                "TrainingMetrics", "RunStore", "HealthRules", "HealthReport", "Codec", "Probe",
                "SpeechData", "Training", "Experiments",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "TestSupport",
            dependencies: ["TrainingMetrics", "HealthRules"],
            path: "Tests/TestSupport",
            swiftSettings: strict
        ),
        .testTarget(
            name: "TrainingMetricsTests",
            dependencies: ["TrainingMetrics", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "RunStoreTests",
            dependencies: ["RunStore", "TestSupport", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict
        ),
        .testTarget(name: "HealthRulesTests", dependencies: ["HealthRules", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "ExtendingTests",
            dependencies: ["HealthRules", "TrainingMetrics", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(name: "HealthReportTests", dependencies: ["HealthReport", "TestSupport"], swiftSettings: strict),
        .target(
            name: "CodecTestSupport",
            dependencies: ["Codec"],
            path: "Tests/CodecTestSupport",
            swiftSettings: optimised
        ),
        .testTarget(name: "CodecTests", dependencies: ["Codec", "CodecTestSupport"], swiftSettings: optimised),
        .testTarget(
            name: "SpeechDataTests",
            dependencies: ["SpeechData", "Codec", "CodecTestSupport"],
            swiftSettings: optimised
        ),
        .testTarget(
            name: "TrainingTests",
            dependencies: ["Training", "SpeechData", "TrainingMetrics", "Codec", "CodecTestSupport"],
            swiftSettings: optimised
        ),
        .testTarget(
            name: "FaultTests",
            dependencies: ["Experiments", "Training", "SpeechData", "TrainingMetrics", "HealthRules", "Codec"],
            swiftSettings: optimised
        ),
        .testTarget(
            name: "ProbeTests",
            dependencies: ["Probe", "SpeechData", "TrainingMetrics", "Codec", "CodecTestSupport"],
            swiftSettings: optimised
        ),
        .testTarget(
            name: "CodecDoctorTests",
            dependencies: [
                "codec-doctor", "TestSupport", "Codec", "HealthReport", "HealthRules", "Probe", "RunStore",
                "SpeechData", "Training", "TrainingMetrics",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)
