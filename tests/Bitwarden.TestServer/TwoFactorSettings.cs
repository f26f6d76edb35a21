using System.Collections.Concurrent;
using System.Security.Cryptography;
using Bitwarden.Core.Errors;

namespace Bitwarden.TestServer;

/// <summary>An account's two-step login: any set of methods, each with the code that a test chose.</summary>
public sealed class TwoFactorSettings
{
    private static readonly TimeSpan s_rememberedFor = TimeSpan.FromDays(30);
    private readonly ServerClock _clock;
    private readonly ConcurrentDictionary<TwoFactorMethod, string?> _codes = new();
    private readonly ConcurrentDictionary<string, DateTime> _remembered = new();
    private readonly ConcurrentDictionary<string, byte> _emailSessions = new();

    internal TwoFactorSettings(ServerClock clock) => _clock = clock;

    /// <summary>Whether password logins need a second step.</summary>
    public bool IsOn => !_codes.IsEmpty;

    /// <summary>The methods that are on.</summary>
    public IReadOnlyCollection<TwoFactorMethod> Methods => [.. _codes.Keys];

    internal MailedCodes EmailCodes { get; } = new();

    /// <summary>Turns a method on.</summary>
    /// <param name="method">Not Remember, which is no method of its own.</param>
    /// <param name="code">
    /// Accepted any number of times; null for a method that accepts none. For <see cref="TwoFactorMethod.Email"/> it is what every mail holds, null for
    /// a new code in each, and good only once it was mailed.
    /// </param>
    public void TurnOn(TwoFactorMethod method, string? code = null)
    {
        if (method == TwoFactorMethod.Remember)
        {
            throw new ArgumentOutOfRangeException(nameof(method));
        }

        EmailCodes.Fixed = method == TwoFactorMethod.Email ? code : EmailCodes.Fixed;
        _codes[method] = code;
    }

    /// <summary>Turns a method off.</summary>
    public void TurnOff(TwoFactorMethod method) => _codes.TryRemove(method, out _);

    /// <summary>Turns two-step login off.</summary>
    public void TurnOff() => _codes.Clear();

    /// <summary>Lets every remember token expire.</summary>
    public void ForgetDevices() => _remembered.Clear();

    internal string? CodeOf(TwoFactorMethod method) => _codes.GetValueOrDefault(method);

    internal bool Accept(TwoFactorMethod method, string code) => _codes.TryGetValue(method, out string? expected)
        && (method == TwoFactorMethod.Email ? EmailCodes.Accept(code) : code == expected);

    internal string Remember()
    {
        string token = NewToken();
        _remembered[token] = _clock.UtcNow + s_rememberedFor;
        return token;
    }

    internal bool IsRemembered(string token) => _remembered.TryGetValue(token, out DateTime end) && _clock.UtcNow < end;

    /// <summary>Gives a token that proves the first step to the endpoint that sends mail.</summary>
    internal string OpenEmailSession()
    {
        string token = NewToken();
        _emailSessions[token] = 0;
        return token;
    }

    internal bool IsEmailSession(string token) => _emailSessions.ContainsKey(token);

    private static string NewToken() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(48));
}
