using System.Management.Automation.Host;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell;

/// <summary>
/// Asks for the master password before an item is read or written for which its owner wants that. Once for a session in one run of a cmdlet. The environment
/// is not looked at: a password that lies there proves nothing about who is at the prompt.
/// </summary>
internal sealed class RepromptGate
{
    private const int MaxTries = 3;
    private readonly HashSet<BitwardenSession> _proved = [];
    private readonly IRepromptParameters _given;
    private readonly Func<BitwardenSession, SecretBytes, bool> _isRight;

    /// <param name="given">What the user gave.</param>
    /// <param name="isRight">Checks a password; may take long.</param>
    internal RepromptGate(IRepromptParameters given, Func<BitwardenSession, SecretBytes, bool> isRight)
    {
        _given = given;
        _isRight = isRight;
    }

    /// <summary>The same for one value. User names and addresses are no secrets: Get-BwItem lists them.</summary>
    /// <inheritdoc cref="Ensure(BitwardenSession, VaultItem, PSHost)" path="/exception"/>
    internal void Ensure(BitwardenSession session, ResolvedReference reference, PSHost host)
    {
        if (!reference.IsListed)
        {
            Ensure(session, reference.Item, host);
        }
    }

    /// <exception cref="InvalidInputException">RepromptRequired.</exception>
    /// <exception cref="AuthenticationFailedException">InvalidMasterPassword.</exception>
    internal void Ensure(BitwardenSession session, VaultItem item, PSHost host)
    {
        // Without a master password there is nothing to ask for, and official clients do not.
        if (item.Reprompt && !_given.SkipReprompt && session.HasMasterPassword && !_proved.Contains(session))
        {
            Prove(session, item, new InteractiveHost(host));
            _proved.Add(session);
        }
    }

    private void Prove(BitwardenSession session, VaultItem item, InteractiveHost host)
    {
        for (int tries = 1; ; tries++)
        {
            using SecretBytes password = _given.MasterPassword is null
                ? host.AskMasterPassword(session.Account) ?? throw InputErrors.RepromptRequired(item)
                : SecretBytes.FromSecureString(_given.MasterPassword);
            if (_isRight(session, password))
            {
                return;
            }

            AuthenticationFailedException wrong = AuthenticationFailedException.InvalidMasterPassword(session.Account);
            if (_given.MasterPassword is not null || tries == MaxTries)
            {
                throw wrong;
            }

            host.Tell(wrong.Message);
        }
    }
}
