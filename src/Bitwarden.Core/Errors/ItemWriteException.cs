using System.Globalization;

namespace Bitwarden.Core.Errors;

/// <summary>An item, or a folder, was not written; or nobody knows whether it was.</summary>
public sealed class ItemWriteException : BitwardenException
{
    private ItemWriteException(string code, string message, Exception? innerException = null)
        : base(code, message, innerException)
    {
    }

    /// <summary>The item or folder; null for a new one.</summary>
    public Guid? Id { get; private init; }

    /// <summary>When the item was last changed as far as the session knew; null where that does not matter.</summary>
    public DateTimeOffset? KnownRevision { get; private init; }

    /// <summary>When it really was; null if it is gone or nobody could look.</summary>
    public DateTimeOffset? CurrentRevision { get; private init; }

    /// <summary>What differs from what the session knew: names of members and fields, never a value.</summary>
    public IReadOnlyList<string> Differences { get; private init; } = [];

    /// <summary>The item was changed elsewhere.</summary>
    /// <param name="name">The item.</param>
    /// <param name="id">Its id.</param>
    /// <param name="known">When it was last changed as far as the session knew.</param>
    /// <param name="current">When it really was.</param>
    /// <param name="differences">What differs.</param>
    public static ItemWriteException Changed(
        string name, Guid id, DateTimeOffset? known, DateTimeOffset? current, IReadOnlyList<string> differences) => new(
            ErrorCodes.ItemChanged,
            $"The item '{Shown(name)}' was changed elsewhere: it is of {Date(current)}, and the session knew it as of {Date(known)}. "
            + $"{(differences.Count == 0 ? "No value differs" : $"Different: {string.Join(", ", differences.Select(Shown))}")}. Nothing was written.")
        {
            Id = id,
            KnownRevision = known,
            CurrentRevision = current,
            Differences = differences,
        };

    /// <summary>The item is gone from the server.</summary>
    /// <param name="name">The item.</param>
    /// <param name="id">Its id.</param>
    public static ItemWriteException Gone(string name, Guid id) => new(
        ErrorCodes.ItemChanged, $"The item '{Shown(name)}' is no longer on the server: it was deleted elsewhere, or you may not see it any more.") { Id = id };

    /// <summary>What a name means is another item than before, or one where there was none.</summary>
    /// <param name="name">The name.</param>
    /// <param name="id">The item that it means now.</param>
    public static ItemWriteException Appeared(string name, Guid id) => new(
        ErrorCodes.ItemChanged, $"'{Shown(name)}' means an item that was made or renamed elsewhere meanwhile. Nothing was written.") { Id = id };

    /// <summary>The item cannot be written safely, or may not be.</summary>
    /// <param name="name">The item.</param>
    /// <param name="id">Its id.</param>
    /// <param name="reason">Why, as the end of a sentence without its full stop.</param>
    public static ItemWriteException NotWritable(string name, Guid id, string reason) => new(
        ErrorCodes.ItemNotWritable, $"The item '{Shown(name)}' cannot be written: {reason}. Nothing was sent.") { Id = id };

    /// <summary>The change was sent, and no answer came that says whether it arrived.</summary>
    /// <param name="what">What was to be written, as the start of a sentence.</param>
    /// <param name="id">The item; null for a new one.</param>
    /// <param name="seen">What looking showed, as a full sentence.</param>
    /// <param name="cause">What went wrong.</param>
    public static ItemWriteException Uncertain(string what, Guid? id, string seen, BitwardenException cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return new ItemWriteException(
            ErrorCodes.WriteUncertain, $"{what} was sent, and may have arrived or still arrive. {seen} The cause: {cause.Message}", cause) { Id = id };
    }

    /// <summary>A file was to be renewed, and the old and the new one are both there.</summary>
    /// <param name="fileName">The file.</param>
    /// <param name="id">The item.</param>
    /// <param name="cause">What went wrong.</param>
    public static ItemWriteException InBothForms(string fileName, Guid id, BitwardenException cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return new ItemWriteException(
            ErrorCodes.WriteUncertain,
            $"The file '{Shown(fileName)}' may now be at the item twice, in its old form and in the new one. Nothing is lost. The cause: {cause.Message}",
            cause) { Id = id };
    }

    private static string Date(DateTimeOffset? date) =>
        date?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) ?? "an unknown time";
}
