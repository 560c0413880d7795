using System.Collections;
using System.Data.SqlTypes;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using AdxFlow.Ingestion.Rows;

namespace AdxFlow.PowerShell.Ingestion.Reading;

/// <summary>
/// Makes of a property's value what a cell may hold: something that no other thread can change. Strings, numbers and times
/// are that already; everything else is written out now. Secrets and code are no data, and refuse their row.
/// </summary>
internal static class CellValue
{
    public static object? From(object? value, AdxType type)
    {
        switch (value)
        {
            case null or string or int or long or double or DateTime or bool or decimal or Guid or TimeSpan:
                return value;
            case DBNull:
                return null;
            case INullable sql:
                return From(SqlValues.Plain(sql), type);
            case PSObject { BaseObject: not PSCustomObject } wrapped:
                return From(wrapped.BaseObject, type);
            case Enum number when type is AdxType.Int or AdxType.Long or AdxType.Real or AdxType.Decimal:
                return Convert.ChangeType(number, number.GetTypeCode(), CultureInfo.InvariantCulture);
            case Enum or char or Uri or Version or System.Net.IPAddress or Type:
                return value.ToString();
            case SecureString or PSCredential or ScriptBlock:
                throw SendErrors.NoValue(value.GetType());
            case SwitchParameter present:
                return present.IsPresent;
            case not PSObject when JsonDocuments.Text(value) is { } json:
                return type == AdxType.Dynamic ? new JsonText(json) : JsonDocuments.Plain(json);
            // A custom object formats itself too, as @{…}, which is no data.
            case IFormattable and not PSObject:
                return value;
            case byte[] bytes when type is not AdxType.Dynamic:
                return Convert.ToBase64String(bytes);
            case PSObject or IEnumerable:
                return type == AdxType.String || type == AdxType.Dynamic ? JsonValues.Encode(value) : value.ToString();
            default:
                return type == AdxType.Dynamic ? JsonValues.Encode(value) : Convert.ToString(value, CultureInfo.InvariantCulture);
        }
    }
}
