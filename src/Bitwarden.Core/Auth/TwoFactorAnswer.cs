using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Auth;

/// <summary>The second step of a login.</summary>
/// <param name="Method">Which method the code is of.</param>
/// <param name="Code">The code; white space in it is ignored.</param>
/// <param name="Remember">Whether the server should give a token that stands for the second step next time.</param>
public sealed record TwoFactorAnswer(TwoFactorMethod Method, string Code, bool Remember)
{
    /// <summary>Names the method, never the code.</summary>
    public override string ToString() => $"TwoFactorAnswer {Method}";
}
