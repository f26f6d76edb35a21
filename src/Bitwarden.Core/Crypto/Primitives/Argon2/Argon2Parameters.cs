namespace Bitwarden.Core.Crypto.Primitives.Argon2;

/// <summary>The cost of an Argon2id derivation.</summary>
/// <param name="Iterations">t, the number of passes: 1 or more.</param>
/// <param name="MemoryKib">m, the memory in KiB: at least 8 for each lane.</param>
/// <param name="Parallelism">p, the number of lanes: 1 or more. It is part of the result; the number of threads is not.</param>
internal readonly record struct Argon2Parameters(int Iterations, int MemoryKib, int Parallelism);
