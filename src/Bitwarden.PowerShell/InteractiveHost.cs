using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.PowerShell.Errors;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell;

/// <summary>Asks the user, where there is one. Never blocks a pipeline script: without a terminal, or on a build agent, nobody is asked.</summary>
internal sealed class InteractiveHost
{
    private static readonly string[] s_ciVariables =
        ["CI", "TF_BUILD", "GITHUB_ACTIONS", "GITLAB_CI", "JENKINS_URL", "TEAMCITY_VERSION", "BUILDKITE", "CODEBUILD_BUILD_ID"];

    private const int MaxTries = 3;
    private readonly PSHost _host;
    private readonly bool _never;

    internal InteractiveHost(PSHost host, bool never = false)
    {
        _host = host;
        _never = never;
    }

    /// <summary>Whether this process runs on a build agent.</summary>
    internal static bool IsBuildAgent => Array.Exists(s_ciVariables, IsSet);

    /// <summary>Whether somebody is at the terminal of this process, whichever runspace asks.</summary>
    internal static bool IsAttended => !IsBuildAgent
        && Environment.UserInteractive
        && !IsInputRedirected()
        && !Environment.GetCommandLineArgs().Skip(1).Any(IsNonInteractiveSwitch);

    internal bool CanPrompt => !_never
        && IsAttended
        && _host.UI is not null;

    /// <summary>Asks the user to choose one of several; the first when nobody can be asked.</summary>
    internal int Choose(string caption, IReadOnlyList<string> choices)
    {
        if (choices.Count == 1 || !CanPrompt)
        {
            return 0;
        }

        Collection<ChoiceDescription> descriptions = [.. choices.Select(choice => new ChoiceDescription("&" + choice))];
        try
        {
            return Math.Max(_host.UI.PromptForChoice(caption, string.Empty, descriptions, 0), 0);
        }
        catch (Exception e) when (CannotAsk(e))
        {
            return 0;
        }
    }

    /// <summary>Asks the user to confirm something; null when nobody can be asked.</summary>
    internal bool? Confirm(Func<bool> ask)
    {
        try
        {
            return CanPrompt ? ask() : null;
        }
        catch (Exception e) when (CannotAsk(e))
        {
            return null;
        }
    }

    /// <summary>Tells the user something before the next question; nobody when nobody can be asked.</summary>
    internal void Tell(string text)
    {
        if (CanPrompt)
        {
            _host.UI.WriteLine(text);
        }
    }

    /// <summary>Asks a question that only a deliberate Yes answers with yes; null when nobody can be asked.</summary>
    internal bool? ConfirmDeliberately(string caption, string question)
    {
        Collection<ChoiceDescription> choices = [new("&Yes"), new("&No")];
        return Confirm(() => _host.UI.PromptForChoice(caption, question, choices, defaultChoice: 1) == 0);
    }

    /// <summary>Reads a line; null when nobody can be asked or nothing was entered.</summary>
    internal string? ReadLine(string prompt) => Ask(prompt, ui => ui.ReadLine()) is { Length: > 0 } line ? line : null;

    /// <summary>Gets a secret: what was given, else the environment variable, else what is typed without being shown; null when there is none.</summary>
    internal SecretBytes? ReadSecret(SecureString? given, string variable, string prompt)
    {
        if (given is not null)
        {
            return SecretBytes.FromSecureString(given);
        }

        if (EnvironmentCredentials.ReadSecret(variable) is SecretBytes set)
        {
            return set;
        }

        using SecureString? typed = Ask(prompt, ui => ui.ReadLineAsSecureString());
        return typed is { Length: > 0 } ? SecretBytes.FromSecureString(typed) : null;
    }

    /// <summary>Gets the master password in the same way; that there is none is an error.</summary>
    internal SecretBytes ReadMasterPassword(SecureString? given, string account)
    {
        if (given is null && EnvironmentCredentials.Read(EnvironmentCredentials.MasterPasswordVariable) is null)
        {
            // Compiled while the user types.
            _ = Task.Run(MasterKey.WarmUp);
        }

        if (given is { Length: 0 })
        {
            throw InputErrors.MasterPasswordEmpty();
        }

        return ReadSecret(given, EnvironmentCredentials.MasterPasswordVariable, $"Master password of {account.Shown()}")
            ?? throw InputErrors.MasterPasswordMissing();
    }

    /// <summary>Asks for the master password of a vault that is open; null when nobody can be asked or nothing was entered.</summary>
    internal SecretBytes? AskMasterPassword(string account)
    {
        using SecureString? typed = Ask($"Master password of {account.Shown()}", ui => ui.ReadLineAsSecureString());
        return typed is { Length: > 0 } ? SecretBytes.FromSecureString(typed) : null;
    }

    /// <summary>Uses the master password. One that was typed, not given, may be wrong twice before its refusal is the user's to see.</summary>
    internal T WithMasterPassword<T>(SecureString? given, string account, Func<SecretBytes, T> use)
    {
        for (int tries = 1; ; tries++)
        {
            using SecretBytes password = ReadMasterPassword(given, account);
            try
            {
                return use(password);
            }
            catch (AuthenticationFailedException e) when (e.Code == ErrorCodes.InvalidMasterPassword && tries < MaxTries && IsTyped(given))
            {
                Tell(e.Message);
            }
        }
    }

    private bool IsTyped(SecureString? given) =>
        given is null && CanPrompt && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(EnvironmentCredentials.MasterPasswordVariable));

    private T? Ask<T>(string prompt, Func<PSHostUserInterface, T> read)
        where T : class
    {
        if (!CanPrompt)
        {
            return null;
        }

        try
        {
            _host.UI.Write(prompt + ": ");
            return read(_host.UI);
        }
        catch (Exception e) when (CannotAsk(e))
        {
            return null;
        }
    }

    // What a host throws that has nobody to ask. Ctrl+C throws something else.
    private static bool CannotAsk(Exception exception) =>
        exception is HostException or InvalidOperationException or NotImplementedException or NotSupportedException;

    private static bool IsSet(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value && !value.Equals("false", StringComparison.OrdinalIgnoreCase);

    private static bool IsInputRedirected()
    {
        try
        {
            return Console.IsInputRedirected;
        }
        catch (IOException)
        {
            return true;
        }
    }

    // pwsh takes any beginning of -NonInteractive that is not also one of -NoExit, -NoLogo, -NoProfile and the like.
    private static bool IsNonInteractiveSwitch(string argument) =>
        argument.Length >= "-noni".Length && argument[0] is '-' or '/'
        && "-NonInteractive".StartsWith("-" + argument.TrimStart('-', '/'), StringComparison.OrdinalIgnoreCase)
        && argument.TrimStart('-', '/').Length >= 4;
}
