using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;

namespace Bitwarden.PowerShell.Formatting;

/// <summary>What the views of Bitwarden.Format.ps1xml show. Properties keep the text as it is; only what is displayed is made inert.</summary>
public static partial class Views
{
    private const int MaxProblems = 10;

    /// <summary>Text that others wrote: bounded, and with everything visible that a terminal or an agent would obey.</summary>
    /// <param name="value">The text; null for none.</param>
    public static string? Text(object? value)
    {
        object? plain = value is PSObject wrapped ? wrapped.BaseObject : value;

        // A long value of a list is wrapped, and then begins a line, where agents look for two colons.
        return plain is null ? null : AgentCommand().Replace(plain.ToString().Shown(), @"\u003A:");
    }

    /// <summary>Several texts that others wrote, with a comma between them.</summary>
    /// <param name="values">The texts.</param>
    public static string Texts(IEnumerable? values) => string.Join(", ", (values ?? Array.Empty<object>()).Cast<object?>().Select(Text));

    /// <summary>A star for the current session of this runspace.</summary>
    /// <param name="session">The session.</param>
    public static string Current(BitwardenSession? session) => session is not null && CurrentSession.GetForCompletion() == session ? "*" : string.Empty;

    /// <summary>Dots, unless the value was asked for as text.</summary>
    /// <param name="value">A SecureString, or text.</param>
    public static string? Secret(object? value) => value is string or PSObject { BaseObject: string } ? Text(value) : "••••••••";

    /// <summary>A point in time on this machine's clock.</summary>
    /// <param name="time">The time; null for none.</param>
    public static DateTime? Local(DateTimeOffset? time) => time?.LocalDateTime;

    /// <summary>A day on this machine's calendar.</summary>
    /// <param name="time">The time; null for none.</param>
    public static string? Day(DateTimeOffset? time) => time?.ToLocalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>How old something is, in a unit that fits.</summary>
    /// <param name="age">The age; null for what has none.</param>
    public static string? Age(TimeSpan? age) => age switch
    {
        null => null,
        { TotalMinutes: < -5 } => "dated in the future",
        { TotalMinutes: < 2 } => "just made",
        { TotalHours: < 2 } => $"{age.Value.TotalMinutes:0} minutes old",
        { TotalDays: < 2 } => $"{age.Value.TotalHours:0} hours old",
        _ => $"{Math.Floor(age.Value.TotalDays):0} days old",
    };

    /// <summary>When the vault was last fetched, and that it is a copy if it is one.</summary>
    /// <param name="session">The session.</param>
    public static string? LastSync(BitwardenSession? session) =>
        session?.CopyAge is TimeSpan age ? $"{Local(session.LastSync)} (copy, {Age(age)})" : Local(session?.LastSync)?.ToString(CultureInfo.CurrentCulture);

    /// <summary>A number of bytes, in a unit that fits.</summary>
    /// <param name="bytes">How many bytes.</param>
    public static string Size(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} bytes",
        < 1_000_000 => $"{bytes / 1e3:0.0} KB",
        _ => $"{bytes / 1e6:0.0} MB",
    };

    /// <summary>Where an item is when it is not among the others: in the trash, or archived.</summary>
    /// <param name="item">The item.</param>
    public static string Place(VaultItem item) => item switch
    {
        { DeletedDate: not null } => "trash",
        { ArchivedDate: not null } => "archived",
        _ => string.Empty,
    };

    /// <summary>What the account may do in a collection.</summary>
    /// <param name="collection">The collection.</param>
    public static string Access(CollectionInfo? collection) => collection switch
    {
        null => string.Empty,
        { Manage: true } => "manage",
        { ReadOnly: true, HidePasswords: true } => "read, passwords hidden",
        { ReadOnly: true } => "read",
        { HidePasswords: true } => "edit, passwords hidden",
        _ => "edit",
    };

    /// <summary>What is broken, a line each; not more than fit on a screen.</summary>
    /// <param name="problems">The problems.</param>
    public static string Problems(IReadOnlyList<VaultProblem> problems)
    {
        IReadOnlyList<VaultProblem> all = problems ?? [];
        IEnumerable<string> more = all.Count > MaxProblems ? [$"and {all.Count - MaxProblems} more"] : [];
        return string.Join(Environment.NewLine, all.Take(MaxProblems).Select(Text).Concat(more));
    }

    [GeneratedRegex("::(?=[A-Za-z])")]
    private static partial Regex AgentCommand();
}
