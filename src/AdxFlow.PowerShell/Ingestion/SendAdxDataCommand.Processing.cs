using System.Collections;
using System.Data;
using System.Management.Automation;
using System.Xml;
using AdxFlow.Ingestion;
using AdxFlow.Ingestion.Files;
using AdxFlow.Ingestion.FromStorage;
using AdxFlow.Ingestion.Spool;

namespace AdxFlow.PowerShell.Ingestion;

// What is done with the parameters of SendAdxDataCommand.cs.
public sealed partial class SendAdxDataCommand
{
    private const int BytesPerMegabyte = 1024 * 1024;
    // A list that holds itself ends here.
    private const int DeepestList = 16;

    private IngestionSend? _send;
    private bool _isWanted;

    /// <summary>Asks once whether to send, and finds the table.</summary>
    protected override void BeginProcessing()
    {
        CheckCombinations();
        CheckSpool();
        _isWanted = ShouldProcess($"{Connected.Database}.{Table}", "Send data");
        if (!_isWanted)
            return;
        _send = new IngestionSend(this, Connected, Request(), Column, Stop) { SkippedRows = SkippedRows };
        _send.FindTable(mayCreate: CreateTable);
    }

    /// <summary>Takes one object, or each one of an array.</summary>
    protected override void ProcessRecord()
    {
        if (!_isWanted || InputObject is null)
            return;
        if (Format is { } format)
            AddText(InputObject.BaseObject, format);
        else
            Add(InputObject, 0);
    }

    // The pipeline takes collections apart, one level deep; one given as an argument comes here whole.
    private void Add(PSObject input, int level)
    {
        switch (input.BaseObject)
        {
            case DataTable data:
                using (DataTableReader rows = data.CreateDataReader())
                    _send!.AddReader(rows);
                break;
            case IDataReader reader:
                _send!.AddReader(reader);
                break;
            case IEnumerable list and not (string or IDictionary or XmlNode) when level == 0 || (list is IList && level < DeepestList):
                foreach (object? item in list)
                {
                    if (item is not null)
                        Add(PSObject.AsPSObject(item), level + 1);
                }
                break;
            default:
                _send!.AddObject(input);
                break;
        }
    }

    private void AddText(object input, AdxDataFormat format)
    {
        if (input is IEnumerable list and not (string or byte[] or IDictionary))
        {
            foreach (object? item in list)
            {
                if (item is not null)
                    AddText(PSObject.AsPSObject(item).BaseObject, format);
            }
        }
        else
        {
            _send!.AddText(input, format, IgnoreFirstRecord);
        }
    }

    /// <summary>Sends what is left, waits if asked to, and writes what was sent.</summary>
    protected override void EndProcessing()
    {
        if (!_isWanted)
            return;
        if (DataReader is not null)
            _send!.AddReader(DataReader);
        string[] files = [.. Files()];
        if (files.Length > 0)
            _send!.Progress.Files = files.Length;
        foreach (string file in files)
            _send!.AddFile(file, Format, IgnoreFirstRecord);
        if (ParameterSetName == UriSet)
            _send!.AddBlobs([.. Uri.Select(Locate).Select(location => new BlobIngestion { Location = location, Format = FormatOf(location), IgnoreFirstRecord = IgnoreFirstRecord })]);

        AdxIngestion ingestion = Container ? SendContainers() : _send!.Complete();
        State.Remember(ingestion);
        if (Wait)
        {
            ingestion = Await(_send!.FollowAsync(ingestion, Timeout));
            State.Remember(ingestion);
            IngestionErrors.WriteFor(this, ingestion, Timeout);
        }
        _send!.Close();
        WriteObject(ingestion);
    }

    /// <summary>Gives up what was not accepted. Whatever ended the pipeline, nothing more is sent from here.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _send is not null)
        {
            _send.Dispose();
            if (_send.Abandoned is { } abandoned)
                State.Remember(abandoned);
        }
        base.Dispose(disposing);
    }

    private void CheckCombinations()
    {
        if (ParameterSetName is ObjectSet && Format is null && (MappingName is not null || Mapping is not null || ValidationPolicy is not null || IgnoreFirstRecord))
            Throw(SendErrors.NotTogether("-MappingName, -Mapping, -ValidationPolicy and -IgnoreFirstRecord are for text: they go with -Format, while objects go to columns by their properties."));
        if (ParameterSetName is ObjectSet && Format is not null && (Column is not null || CreateTable))
            Throw(SendErrors.NotTogether("-Column and -CreateTable are for objects: text of a -Format has no properties."));
        if (Uri.Length > 0 && (Mode is AdxIngestionMode.Streaming or AdxIngestionMode.Direct || KeepBlob))
            Throw(SendErrors.NotTogether("-Uri has the service's queue take blobs from where they are, and they stay there: -Mode Streaming or Direct and -KeepBlob do not go with it."));
        if (Container && Array.Exists(Uri, static uri => uri.Contains(";impersonate", StringComparison.OrdinalIgnoreCase)))
            Throw(SendErrors.NotTogether("The service lists a container by itself and in nobody's name: ;impersonate does not go with -Container. Give a SAS, or ;managed_identity=system."));
        if (Container && ExtendSchema)
            Throw(SendErrors.NotTogether("The command that takes a container adds no columns: -ExtendSchema does not go with -Container."));
    }

    private void CheckSpool()
    {
        try
        {
            SpoolRules.Check(Request());
            if (SpoolPath is null)
                return;
            if (Path.Length + LiteralPath.Length + Uri.Length > 0 || Format is not null)
                throw SendErrors.SpoolTakesNoFiles();
            SpoolPath = FileSystemPath.Find(this, SpoolPath) ?? throw SendErrors.NotInFileSystem(SpoolPath);
        }
        catch (AdxException wrong)
        {
            Throw(wrong);
        }
    }

    private IngestionRequest Request()
    {
        var request = new IngestionRequest
        {
            Table = Table,
            Database = Connected.Database,
            BatchRows = BatchRows,
            BatchBytes = (long)BatchSizeMB * BytesPerMegabyte,
            BatchInterval = BatchInterval,
            CompressionLevel = CompressionLevel,
            Mode = Mode,
            MappingName = MappingName,
            Mapping = Mapping,
            ValidationPolicy = ValidationPolicy,
            SkipBatching = SkipBatching,
            ExtendSchema = ExtendSchema,
            KeepBlob = KeepBlob,
            Tags = Tag,
            IngestBy = IngestBy,
            IngestIfNotExists = IngestIfNotExists,
            CreationTime = CreationTime?.ToUniversalTime(),
            DeliveryGuarantee = DeliveryGuarantee,
            SpoolPath = SpoolPath,
            SpoolName = SpoolName,
            SpoolBytes = (long)SpoolSizeMB * BytesPerMegabyte,
        };
        return ThrottleLimit is { } limit ? request with { ThrottleLimit = limit } : request;
    }

    private AdxIngestion SendContainers()
    {
        ContainerIngestion[] containers =
        [
            .. Uri.Select(Locate).Select(location => new ContainerIngestion
            {
                Location = location,
                Format = Format ?? DataFormats.FromName(Suffix ?? "") ?? FormatOf(location),
                IgnoreFirstRecord = IgnoreFirstRecord,
                Suffix = Suffix,
                MaxBlobs = MaxBlobs,
                CompressionFactor = CompressionFactor,
            }),
        ];
        var storage = new StorageIngestion(Connected);
        AdxIngestion? all = null;
        foreach (ContainerIngestion container in containers)
        {
            AdxIngestion one = Await(storage.StartAsync(Request(), container, Stop), container.Location.Name);
            all = all?.With([.. all.Batches, .. one.Batches], all.StartTime, DateTime.UtcNow - all.StartTime) ?? one;
            State.Remember(all);
        }
        return all!;
    }

    private StorageLocation Locate(string uri)
    {
        try
        {
            return StorageLocation.Parse(uri);
        }
        catch (AdxException failure)
        {
            Throw(failure);
            throw;
        }
    }

    private AdxDataFormat FormatOf(StorageLocation location)
    {
        if ((Format ?? DataFormats.FromName(location.Name)) is { } format)
            return format;
        AdxException failure = SendErrors.UriFormatUnknown(location.Name);
        Throw(failure, location.Name);
        throw failure;
    }

    private IEnumerable<string> Files()
    {
        var paths = new FilePaths(this, Recurse, Exclude);
        return LiteralPath.SelectMany(paths.Literal).Concat(Path.SelectMany(paths.Matching));
    }
}
