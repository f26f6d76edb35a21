namespace Bitwarden.Core.Crypto.Primitives.Argon2;

/// <summary>One of the four parts of a pass, between two barriers, with what all its segments have in common.</summary>
internal readonly struct Argon2Slice
{
    internal Argon2Slice(Argon2Matrix matrix, int pass, int number)
    {
        Pass = pass;
        Number = number;
        Start = number * matrix.SegmentLength;
        FirstIndex = pass == 0 && number == 0 ? Argon2Matrix.FirstBlocks : 0;
        Length = matrix.SegmentLength;
        WindowLength = pass == 0 ? Start : matrix.LaneLength - Length;
        WindowStart = pass == 0 || number == Argon2Matrix.SliceCount - 1 ? 0 : Start + Length;
    }

    internal int Pass { get; }

    internal int Number { get; }

    /// <summary>Position in the lane.</summary>
    internal int Start { get; }

    /// <summary>The first index within the segment that is computed; the blocks before it hold H0.</summary>
    internal int FirstIndex { get; }

    /// <summary>Blocks in a segment.</summary>
    internal int Length { get; init; }

    /// <summary>Blocks of finished segments that may be referred to (RFC 9106 section 3.4.1.2), and the position of the oldest.</summary>
    internal int WindowLength { get; }

    internal int WindowStart { get; }

    /// <summary>The "id" of Argon2id: half of the first pass does not let the password decide which memory it touches.</summary>
    internal bool HasIndependentAddresses => Pass == 0 && Number < Argon2Matrix.SliceCount / 2;
}
