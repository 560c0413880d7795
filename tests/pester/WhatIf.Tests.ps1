# With -WhatIf, and with -Confirm answered no, nothing is sent and nothing changes.

BeforeDiscovery {
    . $PSScriptRoot/ModuleUnderTest.ps1
    # Each cmdlet that changes something, with arguments that would change it, or fail, if it were sent.
    $calls = @(
        @{ Name = 'Disconnect-Adx'; Call = { Disconnect-Adx @args } }
        @{ Name = 'Start-AdxLocal'; Call = { Start-AdxLocal @args } }
        @{ Name = 'Stop-AdxLocal'; Call = { Stop-AdxLocal @args } }
        @{ Name = 'Add-AdxLocalFault'; Call = { Add-AdxLocalFault ServiceUnavailable -Target StatusTable -PassThru @args } }
        @{ Name = 'Remove-AdxLocalFault'; Call = { Get-AdxLocalFault | Remove-AdxLocalFault @args } }
        @{ Name = 'New-AdxTable'; Call = { New-AdxTable Made 'a:long' @args } }
        @{ Name = 'New-AdxTable'; Call = { [pscustomobject]@{ a = 1 } | New-AdxTable Made -Merge @args } }
        @{ Name = 'Clear-AdxTable'; Call = { Clear-AdxTable Kept -PassThru @args } }
        @{ Name = 'Remove-AdxTable'; Call = { Remove-AdxTable Kept, Missing @args } }
        @{ Name = 'Remove-AdxTable'; Call = { 'Kept' | Remove-AdxTable @args } }
        @{ Name = 'Set-AdxTablePolicy'; Call = { Set-AdxTablePolicy Kept -CachingPeriod '3d' -PassThru @args } }
        @{ Name = 'Set-AdxTablePolicy'; Call = { Set-AdxTablePolicy Missing -Streaming $true @args } }
        @{ Name = 'Set-AdxTablePolicy'; Call = { Set-AdxTablePolicy Kept -Remove Batching, Caching @args } }
        @{ Name = 'Set-AdxTablePolicy'; Call = { $policy | Set-AdxTablePolicy -Table Kept @args } }
        @{ Name = 'New-AdxMapping'; Call = { New-AdxMapping Kept Made Csv 'Id' @args } }
        @{ Name = 'New-AdxMapping'; Call = { $mapping | New-AdxMapping Kept Copied @args } }
        @{ Name = 'Remove-AdxMapping'; Call = { Remove-AdxMapping Kept Mapped @args } }
        @{ Name = 'Remove-AdxMapping'; Call = { $mapping | Remove-AdxMapping @args } }
        @{ Name = 'Grant-AdxIngestor'; Call = { Grant-AdxIngestor 'aaduser=ada@contoso.com' -Table Kept @args } }
        @{ Name = 'Grant-AdxIngestor'; Call = { [pscustomobject]@{ Principal = 'aaduser=ada@contoso.com' } | Grant-AdxIngestor -Table Missing @args } }
        @{ Name = 'Revoke-AdxIngestor'; Call = { Revoke-AdxIngestor 'aaduser=bob@contoso.com' -Table Kept -DatabaseRole User @args } }
        @{ Name = 'Grant-AdxRole'; Call = { Grant-AdxRole 'aaduser=ada@contoso.com' Viewer @args } }
        @{ Name = 'Grant-AdxRole'; Call = { Get-BobsRole | Grant-AdxRole -Table Missing @args } }
        @{ Name = 'Revoke-AdxRole'; Call = { Revoke-AdxRole 'aaduser=bob@contoso.com' Ingestor -Table Kept @args } }
        @{ Name = 'Revoke-AdxRole'; Call = { Get-BobsRole | Revoke-AdxRole @args } }
        @{ Name = 'Set-AdxRole'; Call = { Set-AdxRole 'aaduser=ada@contoso.com' Ingestor -Table Kept @args }; Reads = 1 }
        @{ Name = 'Set-AdxRole'; Call = { Set-AdxRole -None -Role User @args }; Reads = 1 }
        @{ Name = 'Invoke-AdxCommand'; Call = { Invoke-AdxCommand '.drop table Kept' @args } }
        @{ Name = 'Send-AdxData'; Call = { [pscustomobject]@{ Id = 1 } | Send-AdxData Kept @args } }
        @{ Name = 'Send-AdxData'; Call = { [pscustomobject]@{ Id = 1 } | Send-AdxData Made -CreateTable -Wait @args } }
        @{ Name = 'Send-AdxData'; Call = { Send-AdxData Kept -Path "$TestDrive/rows.csv" @args } }
        @{ Name = 'Send-AdxData'; Call = { [pscustomobject]@{ Id = 1 } | Send-AdxData Kept -DeliveryGuarantee ExactlyOnce -SpoolPath "$TestDrive/none" -Wait @args } }
        @{ Name = 'Stop-AdxIngestion'; Call = { Stop-AdxIngestion -OperationId 'no;such' -Table Kept @args } }
        @{ Name = 'Resume-AdxSpool'; Call = { Resume-AdxSpool "$TestDrive/spool" -Wait @args } }
        @{ Name = 'Remove-AdxSpool'; Call = { Get-AdxSpool "$TestDrive/spool" | Remove-AdxSpool @args } }
        @{ Name = 'Send-AdxData'; Call = { Send-AdxData Kept -Uri 'https://a.blob.core.windows.net/c/b.csv' @args } }
        @{ Name = 'Send-AdxData'; Call = { Send-AdxData Kept -Uri 'https://a.blob.core.windows.net/c/' -Container -Format Csv @args } }
        @{ Name = 'Send-AdxData'; Call = { '1,a' | Send-AdxData Kept -Format Csv @args } }
        @{ Name = 'Send-AdxData'; Call = { Send-AdxData Kept -DataReader ([System.Data.DataTable]::new().CreateDataReader()) @args } }
        @{ Name = 'Disconnect-Flow'; Call = { Disconnect-Flow @args } }
        @{ Name = 'New-FlowConnection'; Call = { New-FlowConnection Made -Credential $reader -TenantId contoso.com -Cluster $connection.Cluster -Database NetDefaultDB @args } }
        @{ Name = 'New-FlowConnection'; Call = { New-FlowConnection Made -Credential $reader -TenantId contoso.com -AdxConnection $connection -GrantViewer -Draft @args } }
        @{ Name = 'New-FlowConnection'; Call = { New-FlowConnection Made -SpecId 0479cc14-7651-4354-b233-7480606c2ac3 -AuthParameter @{ endpoint = 'x' } @args } }
        @{ Name = 'Set-FlowConnection'; Call = { Set-FlowConnection $flowConnection.Id -Name Changed -Credential $reader -PassThru @args } }
        @{ Name = 'Publish-FlowConnection'; Call = { $flowConnection | Publish-FlowConnection -PassThru @args } }
        @{ Name = 'Remove-FlowConnection'; Call = { $flowConnection | Remove-FlowConnection @args } }
        @{ Name = 'New-FlowSource'; Call = { New-FlowSource Made -ConnectionId $flowConnection.Id -Table Kept -Draft @args } }
        @{ Name = 'Remove-FlowSource'; Call = { $flow | Remove-FlowSource @args } }
        @{ Name = 'New-FlowTarget'; Call = { $dataset | New-FlowTarget Made @args } }
        @{ Name = 'Remove-FlowTarget'; Call = { Remove-FlowTarget $flow.TargetId, Missing @args } }
        @{ Name = 'New-Flow'; Call = { New-Flow Made -ConnectionId $flowConnection.Id -Table Kept -DatasetId $dataset.Id -MappingId $mappingSet.Id -AdxConnection $connection @args } }
        @{ Name = 'New-Flow'; Call = { New-Flow Made -SourceId $flow.SourceId -TargetId $flow.TargetId -MappingId $mappingSet.Id -Draft @args } }
        @{ Name = 'Set-Flow'; Call = { $flow | Set-Flow -Name Changed -PassThru @args } }
        @{ Name = 'Enable-Flow'; Call = { $flow | Enable-Flow -PassThru @args } }
        @{ Name = 'Disable-Flow'; Call = { $flow | Disable-Flow -PassThru @args } }
        @{ Name = 'Publish-Flow'; Call = { $flow | Publish-Flow -PassThru @args } }
        @{ Name = 'Remove-Flow'; Call = { $flow | Remove-Flow -Recurse @args } }
        @{ Name = 'Start-FlowRun'; Call = { $flow | Start-FlowRun -WindowStart 2025-01-01 -WindowEnd 2025-01-02 -DeltaColumn Id @args } }
        @{ Name = 'Restart-FlowRun'; Call = { Restart-FlowRun Missing @args } }
        @{ Name = 'New-FlowDataset'; Call = { New-FlowDataset Made 'a:string' @args } }
        @{ Name = 'New-FlowMapping'; Call = { $dataset | New-FlowMapping Made -Column 'Id' @args } }
    )
    # What only reads, or only tells this process something, has nothing to ask.
    $reading = 'Connect-Adx', 'Get-AdxConnection', 'Get-AdxDatabase', 'Get-AdxTable', 'Get-AdxTablePolicy', 'Get-AdxMapping', 'Get-AdxRole', 'Test-AdxAccess', 'Invoke-AdxQuery', 'Get-AdxIngestion', 'Wait-AdxIngestion', 'Get-AdxIngestionFailure', 'Get-AdxSpool', 'Get-AdxLocalFault', 'Connect-Flow', 'Get-FlowSession', 'Get-FlowSandbox', 'Get-FlowConnection', 'Test-FlowConnection', 'Get-FlowConnectionSpec', 'Get-FlowTable', 'Get-FlowSource', 'Get-FlowTarget', 'Get-FlowSpec', 'Get-Flow', 'Get-FlowRun', 'Wait-FlowRun', 'Get-FlowDataset', 'Test-FlowMapping'
    $cmdlets = (Import-PowerShellDataFile $ModuleManifest).CmdletsToExport
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    . $PSScriptRoot/SecureText.ps1
    $connection = Connect-Adx -Local
    $null = Connect-Flow -Local
    $reader = [pscredential]::new('4c7e82bd-6adb-46c3-b413-fdd44834c69b', (Get-SecureText 'key'))
    $flowConnection = New-FlowConnection Kept -Credential $reader -TenantId contoso.com -AdxConnection $connection -Draft
    $null = New-AdxTable Kept 'Id:long'
    $readable = New-FlowConnection Readable -Credential $reader -TenantId contoso.com -AdxConnection $connection -GrantViewer 6>$null
    $dataset = New-FlowDataset Kept 'Id:long'
    $mappingSet = $dataset | New-FlowMapping Kept -Column 'Id'
    $flow = New-Flow Kept -ConnectionId $readable.Id -Table Kept -DatasetId $dataset.Id -MappingId $mappingSet.Id -StartTime ([datetime]::Now.AddYears(1))
    $null = New-AdxTable Pattern 'Id:long'
    $policy = Set-AdxTablePolicy Pattern -BatchingTime 30s -PassThru
    $mapping = New-AdxMapping Kept Mapped Csv 'Id'
    $null = Grant-AdxIngestor 'aaduser=bob@contoso.com' -Table Kept
    $bobsRole = Get-AdxRole Kept | Where-Object PrincipalFqn -EQ 'aaduser=bob@contoso.com'
    function Get-BobsRole { $bobsRole }
    Set-Content "$TestDrive/rows.csv" '1'
    # For requests that nothing here makes.
    Add-AdxLocalFault NotFound -Target StorageQueue
    # A batch that was sent and is not confirmed in the spool.
    $null = [pscustomobject]@{ Id = 1 } | Send-AdxData Pattern -SpoolPath "$TestDrive/spool"
    # What changes without a request: connections, sessions and faults of this process, and its files.
    function Get-ProcessStateText {
        @(
            Get-AdxConnection
            (Get-LocalCluster).ClusterUri
            Get-AdxSpool "$TestDrive/spool" | ForEach-Object { "$($_.Path) $($_.QueuedBatches)" }
            Test-Path "$TestDrive/none"
            Get-AdxLocalFault | ForEach-Object { "$($_.Id) $($_.Remaining)" }
            Get-FlowSession
        ) -join "`n"
    }
    # That, and what the services hold.
    function Get-StateText {
        @(
            Get-ProcessStateText
            Get-AdxTable -Detailed | ForEach-Object { "$($_.Name) $($_.RowCount)" }
            Get-AdxTablePolicy Kept
            Get-AdxMapping | ForEach-Object { "$($_.Name) $($_.Columns)" }
            Get-AdxRole
            Get-AdxRole Kept
            Get-FlowConnection | ForEach-Object { "$($_.Name) $($_.State) $($_.ETag)" }
            Get-Flow | ForEach-Object { "$($_.Name) $($_.State) $($_.ETag)" }
            (Get-FlowSource).Id
            (Get-FlowTarget).Id
            (Get-FlowRun).Id
            (Get-FlowDataset).Id
        ) -join "`n"
    }
    $script:state = Get-StateText
}

AfterAll {
    Stop-AdxLocal
}

Describe 'Every cmdlet' {
    It '<Cmdlet> honours -WhatIf, or only reads' -ForEach ($cmdlets | ForEach-Object { @{ Cmdlet = $_; OnlyReads = $_ -in $reading } }) {
        (Get-Command $Cmdlet).Parameters.ContainsKey('WhatIf') | Should -Be (-not $OnlyReads)
    }

    It '<Cmdlet> that honours it is tried below' -ForEach ($cmdlets | Where-Object { $_ -notin $reading } | ForEach-Object { @{ Cmdlet = $_; Tried = $calls.Name } }) {
        $Tried | Should -Contain $Cmdlet
    }
}

Describe '-WhatIf of <Name>' -ForEach $calls {
    It 'sends no request and writes no object:<Call>' {
        $before = Get-ProcessStateText
        $script:output = $null
        Get-LocalRequest { $script:output = & $Call -WhatIf -ErrorAction Stop } | Should -BeNullOrEmpty
        $output | Should -BeNullOrEmpty
        Get-ProcessStateText | Should -BeExactly $before
    }

    It 'is honoured as the preference of the session:<Call>' {
        $before = Get-ProcessStateText
        Get-LocalRequest {
            $WhatIfPreference = $true
            & $Call -ErrorAction Stop
        } | Should -BeNullOrEmpty
        Get-ProcessStateText | Should -BeExactly $before
    }

    It 'asks with -Confirm, and a host that cannot ask gets no change:<Call>' {
        $before = Get-ProcessStateText
        # The tests run without a person: to ask is an error here, and not to ask would be a change. What a cmdlet reads, it
        # reads to say what it asks about.
        @(Get-LocalRequest { Get-Failure { & $Call -Confirm } }) | Should -HaveCount ([int] $Reads)
        Get-ProcessStateText | Should -BeExactly $before
    }

    # The services are looked at once behind the three, as that takes twenty requests: it would show a change by any of them.
    It 'leaves the services as they were:<Call>' {
        $before = $state
        $script:state = Get-StateText
        $state | Should -BeExactly $before
    }
}

Describe '-WhatIf of Send-AdxData' {
    It 'asks once, not for every row' {
        $start = [System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault2()
        $shell = [powershell]::Create($start)
        try {
            $script = 'param($Manifest, $Connection, $Transcript) Import-Module $Manifest; $null = Start-Transcript $Transcript; 1..5 | ForEach-Object { @{ Id = $_ } } | Send-AdxData Kept -Connection $Connection -WhatIf; $null = Stop-Transcript'
            $null = $shell.AddScript($script).AddArgument($ModuleManifest).AddArgument($connection).AddArgument("$TestDrive/whatif.txt")
            $null = $shell.Invoke()
            $shell.HadErrors | Should -BeFalse
        }
        finally {
            $shell.Dispose()
        }
        @(Select-String -Path "$TestDrive/whatif.txt" -Pattern 'What if:.*NetDefaultDB\.Kept') | Should -HaveCount 1
    }
}
