namespace Bitwarden.Core.Api.Wire;

/// <summary>Where in the bytes of a sync answer something lies.</summary>
internal readonly record struct ByteRange(int Start, int Length)
{
    internal bool IsEmpty => Length == 0;

    /// <summary>The same place, counted from a later beginning.</summary>
    internal ByteRange Less(int start) => IsEmpty ? default : new ByteRange(Start - start, Length);
}
