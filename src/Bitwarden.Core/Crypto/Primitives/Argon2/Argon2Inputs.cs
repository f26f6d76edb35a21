namespace Bitwarden.Core.Crypto.Primitives.Argon2;

/// <summary>What Argon2id hashes (RFC 9106 section 3.1); the caller owns, and zeroes, all of it.</summary>
internal readonly ref struct Argon2Inputs
{
    /// <summary>P.</summary>
    internal ReadOnlySpan<byte> Password { get; init; }

    /// <summary>S.</summary>
    internal ReadOnlySpan<byte> Salt { get; init; }

    /// <summary>K, usually empty.</summary>
    internal ReadOnlySpan<byte> Secret { get; init; }

    /// <summary>X, usually empty.</summary>
    internal ReadOnlySpan<byte> AssociatedData { get; init; }
}
