namespace AdxFlow.Adx;

/// <summary>In what form the values of a row are wanted.</summary>
/// <param name="DynamicAsJson">Dynamic values as their JSON text.</param>
/// <param name="AnyWidth">
/// A row may be shorter than the columns, which leaves absent values, or longer, where the excess has no name and is let go.
/// The service knows this as <c>client_results_reader_allow_varying_row_widths</c>.
/// </param>
internal readonly record struct RowForm(bool DynamicAsJson, bool AnyWidth)
{
    private const string AnyWidthOption = "client_results_reader_allow_varying_row_widths";

    /// <summary>For what the service tells of itself: as lenient as can be.</summary>
    public static RowForm Lenient => new(DynamicAsJson: false, AnyWidth: true);

    public static RowForm Of(AdxRequestOptions? options) => new(
        options?.DynamicAsJson ?? false,
        options?.Options is { } given && given.Any(static option => option.Key.Equals(AnyWidthOption, StringComparison.OrdinalIgnoreCase) && option.Value is true or "true"));
}
