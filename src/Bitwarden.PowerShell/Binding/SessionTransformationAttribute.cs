using System.Management.Automation;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Binding;

/// <summary>Lets a session be named by e-mail, client id or session id, where that names exactly one.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SessionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if ((value as string ?? (value as Guid?)?.ToString()) is not string text)
        {
            return value!;
        }

        BitwardenSession[] matches = [.. SessionCompleter.Visible().Where(session => IsNamed(session, text))];
        return matches.Length == 1 ? matches[0] : throw NotOne(text, matches.Length);
    }

    /// <summary>Whether a text is the e-mail, client id or id of a session. Case is ignored.</summary>
    internal static bool IsNamed(BitwardenSession session, string text) =>
        session.Account.Equals(text, StringComparison.OrdinalIgnoreCase)
        || text.Equals(session.ClientId, StringComparison.OrdinalIgnoreCase)
        || session.Id.ToString().Equals(text, StringComparison.OrdinalIgnoreCase);

    // With this inner exception the pipeline goes on to the parameters that take other things, such as names of items.
    private static ArgumentTransformationMetadataException NotOne(string text, int matches)
    {
        string message = $"'{text.Shown()}' names {(matches == 0 ? "no session" : "several sessions")}. "
            + "Get-BwSession -All lists the sessions; give one of its objects.";
        return new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message));
    }
}
