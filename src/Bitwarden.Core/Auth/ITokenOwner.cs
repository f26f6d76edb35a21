using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Auth;

/// <summary>Whose tokens a <see cref="TokenSource"/> keeps: told of each new one, and when there will be no more.</summary>
internal interface ITokenOwner
{
    /// <summary>Takes from a repeated login what it says about unlocking.</summary>
    void Update(TokenResponse answer);

    /// <summary>The server refuses; gives what to tell the caller. If that is a <see cref="SessionException"/>, all later calls get it too.</summary>
    /// <param name="cause">The refusal.</param>
    BitwardenException End(BitwardenException cause);
}
