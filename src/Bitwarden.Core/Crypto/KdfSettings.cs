using System.Globalization;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Crypto;

/// <summary>What the server asks for when the master key is derived, with the limits that hold on every path.</summary>
/// <param name="Type">The function.</param>
/// <param name="Iterations">PBKDF2 rounds, or Argon2id passes.</param>
/// <param name="MemoryMib">Argon2id memory in MiB; null for PBKDF2.</param>
/// <param name="Parallelism">Argon2id lanes; null for PBKDF2.</param>
public sealed record KdfSettings(KdfType Type, int Iterations, int? MemoryMib = null, int? Parallelism = null)
{
    private const int MinPbkdf2Iterations = 5_000;
    private const int MaxPbkdf2Iterations = 2_000_000;
    private const int MinArgon2Iterations = 2;
    private const int MaxArgon2Iterations = 10;
    private const int MinArgon2MemoryMib = 16;
    private const int MaxArgon2MemoryMib = 1024;
    private const int MinArgon2Parallelism = 1;
    private const int MaxArgon2Parallelism = 16;

    // MiB times passes of both of the vendor's defaults, 64 x 3 and 32 x 6.
    private const long RecommendedArgon2Cost = 192;

    /// <summary>PBKDF2 with the vendor's default of 600,000 rounds.</summary>
    public static KdfSettings DefaultPbkdf2 { get; } = new(KdfType.Pbkdf2Sha256, 600_000);

    /// <summary>Argon2id with the vendor's long-standing default: 64 MiB, 3 passes, 4 lanes.</summary>
    public static KdfSettings DefaultArgon2id { get; } = new(KdfType.Argon2id, 3, 64, 4);

    /// <summary>Refuses settings outside the limits: floor of the official client, ceiling of the official server.</summary>
    /// <exception cref="KdfException">InsufficientKdf, ExcessiveKdf or UnsupportedKdf.</exception>
    public void EnsureWithinLimits()
    {
        switch (Type)
        {
            case KdfType.Pbkdf2Sha256:
                EnsurePbkdf2();
                break;
            case KdfType.Argon2id:
                EnsureArgon2id();
                break;
            default:
                throw KdfException.Unsupported($"The server asked for KDF type {(int)Type}, which is unknown.");
        }
    }

    /// <summary>Whether the settings reach what the vendor recommends: 600,000 PBKDF2 iterations, or Argon2id at its default cost.</summary>
    public bool MeetsRecommendation => Type == KdfType.Argon2id ? Argon2Cost >= RecommendedArgon2Cost : Iterations >= DefaultPbkdf2.Iterations;

    /// <summary>Whether guessing passwords is cheaper with these settings than with others.</summary>
    /// <param name="other">What to compare with.</param>
    public bool IsWeakerThan(KdfSettings other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Type == other.Type
            ? (Type == KdfType.Argon2id ? Argon2Cost < other.Argon2Cost : Iterations < other.Iterations)
            : other.Type == KdfType.Argon2id;
    }

    private long Argon2Cost => (long)Iterations * (MemoryMib ?? 0);

    /// <summary>The settings in words, for messages.</summary>
    public override string ToString() => Type == KdfType.Argon2id
        ? string.Create(CultureInfo.InvariantCulture, $"Argon2id with {MemoryMib} MiB, {Iterations} iterations, parallelism {Parallelism}")
        : string.Create(CultureInfo.InvariantCulture, $"PBKDF2 with {Iterations} iterations");

    private void EnsurePbkdf2()
    {
        if (Iterations < MinPbkdf2Iterations)
        {
            throw KdfException.Insufficient(ToString(), $"{MinPbkdf2Iterations} iterations");
        }

        if (Iterations > MaxPbkdf2Iterations)
        {
            throw KdfException.Excessive(ToString(), $"{MaxPbkdf2Iterations} iterations");
        }
    }

    private void EnsureArgon2id()
    {
        if (MemoryMib is not int memory || Parallelism is not int parallelism)
        {
            throw KdfException.Unsupported("The server asked for Argon2id without saying how much memory or parallelism.");
        }

        if (Iterations < MinArgon2Iterations || memory < MinArgon2MemoryMib || parallelism < MinArgon2Parallelism)
        {
            throw KdfException.Insufficient(ToString(), $"{MinArgon2MemoryMib} MiB, {MinArgon2Iterations} iterations, parallelism {MinArgon2Parallelism}");
        }

        if (Iterations > MaxArgon2Iterations || memory > MaxArgon2MemoryMib || parallelism > MaxArgon2Parallelism)
        {
            throw KdfException.Excessive(ToString(), $"{MaxArgon2MemoryMib} MiB, {MaxArgon2Iterations} iterations, parallelism {MaxArgon2Parallelism}");
        }
    }
}
