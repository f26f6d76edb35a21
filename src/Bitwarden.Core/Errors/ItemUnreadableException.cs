namespace Bitwarden.Core.Errors;

/// <summary>A value of an item could not be decrypted.</summary>
public sealed class ItemUnreadableException : BitwardenException
{
    /// <summary>Names the item and the field.</summary>
    /// <param name="itemId">The item's id.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="cause">Why; its code becomes this failure's.</param>
    public ItemUnreadableException(Guid itemId, string field, BitwardenException cause)
        : base((cause ?? throw new ArgumentNullException(nameof(cause))).Code, $"Item {itemId}, {field}: {cause.Message}", cause)
    {
        ItemId = itemId;
        Field = field;
    }

    /// <summary>The item's id.</summary>
    public Guid ItemId { get; }

    /// <summary>The field's name, for example <c>password</c>.</summary>
    public string Field { get; }
}
