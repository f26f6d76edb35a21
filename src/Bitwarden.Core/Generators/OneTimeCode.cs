using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Generators;

/// <summary>A one-time code, and how long it counts. Dispose it to zero the code.</summary>
public sealed class OneTimeCode : IDisposable
{
    internal OneTimeCode(SecretBytes value, long periodSeconds, DateTimeOffset at)
    {
        Value = value;
        Period = TimeSpan.FromSeconds(periodSeconds);
        long window = at.ToUnixTimeSeconds() / periodSeconds;
        ValidUntil = DateTimeOffset.FromUnixTimeSeconds((window + 1) * periodSeconds);
        SecondsLeft = (int)Math.Ceiling((ValidUntil - at).TotalSeconds);
    }

    /// <summary>The code, in UTF-8; valid until <see cref="Dispose"/>.</summary>
    public SecretBytes Value { get; }

    /// <summary>How long each code counts.</summary>
    public TimeSpan Period { get; }

    /// <summary>When the next code takes its place.</summary>
    public DateTimeOffset ValidUntil { get; }

    /// <summary>How many seconds it still counted when it was made; 1 or more.</summary>
    public int SecondsLeft { get; }

    /// <inheritdoc/>
    public void Dispose() => Value.Dispose();

    /// <summary>Names the type, never the code.</summary>
    public override string ToString() => "OneTimeCode";
}
