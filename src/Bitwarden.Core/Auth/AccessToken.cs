namespace Bitwarden.Core.Auth;

/// <summary>An access token and the moment, on the monotonic clock, at which it should no longer be used.</summary>
internal sealed class AccessToken
{
    private static readonly TimeSpan s_longestMargin = TimeSpan.FromMinutes(5);
    private readonly TimeProvider _time;
    private readonly long _issued;
    private readonly TimeSpan _lifetime;
    private readonly TimeSpan _usable;

    /// <param name="value">The token.</param>
    /// <param name="lifetime">What the server says; client clocks are wrong too often to compare with the token's own date.</param>
    /// <param name="time">The clock.</param>
    internal AccessToken(string value, TimeSpan lifetime, TimeProvider time)
    {
        Value = value;
        _time = time;
        _issued = time.GetTimestamp();
        _lifetime = lifetime;
        TimeSpan margin = lifetime / 4 < s_longestMargin ? lifetime / 4 : s_longestMargin;
        _usable = lifetime - margin;
    }

    internal string Value { get; }

    /// <summary>When the token expires according to the server, on this machine's clock.</summary>
    internal DateTimeOffset ExpiresAt => _time.GetUtcNow() + _lifetime - _time.GetElapsedTime(_issued);

    internal bool IsUsable => _time.GetElapsedTime(_issued) < _usable;

    /// <inheritdoc/>
    public override string ToString() => "AccessToken";
}
