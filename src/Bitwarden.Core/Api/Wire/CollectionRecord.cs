namespace Bitwarden.Core.Api.Wire;

/// <summary>An organization's collection; the name is under the organization key.</summary>
internal sealed record CollectionRecord
{
    public Guid Id { get; init; }

    public Guid OrganizationId { get; init; }

    public string? Name { get; init; }
}
