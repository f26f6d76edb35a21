using Xunit;

namespace Bitwarden.Core.Tests.Raw;

/// <summary>Tests of what is one for the whole process, such as its memory and its proxy: nothing else runs meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    internal const string Name = "Alone";
}
