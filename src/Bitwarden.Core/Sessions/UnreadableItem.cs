using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions;

/// <summary>An item, folder or collection that cannot be read, so that an export lacks it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it is called, as far as that is known; others' words.</param>
/// <param name="Problem">What is wrong.</param>
public sealed record UnreadableItem(Guid Id, string Name, ItemProblem Problem);
