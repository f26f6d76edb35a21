namespace Bitwarden.Core.Errors;

/// <summary>The SSH agent could not be reached, or did not do what it was asked for.</summary>
public sealed class SshAgentException : BitwardenException
{
    private SshAgentException(string code, string message, Exception? cause = null)
        : base(code, message, cause)
    {
    }

    /// <summary>Nobody said where the agent is.</summary>
    public static SshAgentException Unknown() => new(ErrorCodes.SshAgentNotAvailable, "It is not known where the SSH agent is.");

    /// <summary>Nothing answers where the agent should be.</summary>
    /// <param name="address">The path of its socket or pipe.</param>
    /// <param name="cause">Why, in the words of the operating system.</param>
    public static SshAgentException Unreachable(string address, Exception cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return new(ErrorCodes.SshAgentNotAvailable, $"The SSH agent at '{Shown(address)}' cannot be reached: {Shown(cause.Message)}", cause);
    }

    /// <summary>The agent did not answer in time.</summary>
    /// <param name="address">The path of its socket or pipe.</param>
    /// <param name="limit">The time it had.</param>
    public static SshAgentException Silent(string address, TimeSpan limit) => new(
        ErrorCodes.SshAgentNotAvailable, $"The SSH agent at '{Shown(address)}' did not answer within {limit.TotalSeconds:0.#} seconds.");

    /// <summary>What answered does not speak the protocol of SSH agents.</summary>
    /// <param name="address">The path of its socket or pipe.</param>
    public static SshAgentException Nonsense(string address) => new(
        ErrorCodes.SshAgentNotAvailable, $"What answers at '{Shown(address)}' is no SSH agent.");

    /// <summary>The agent answered that it does not do it. It gives no reason.</summary>
    /// <param name="what">What it was asked for, as a full sentence about the agent.</param>
    public static SshAgentException Refused(string what) => new(ErrorCodes.SshAgentRefused, what);
}
