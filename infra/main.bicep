// Everything that Steward needs in a council's own Azure subscription, in one resource group: two instances behind TLS, storage without keys,
// one managed identity that is both the bot's and the storage's, the Bot registration with its Teams channel, logs, and the alerts that matter.
//
//   az group create --name rg-steward --location uksouth
//   az deployment group create --resource-group rg-steward --template-file infra/main.bicep --parameters @infra/main.parameters.json
//
// docs/deploy.md goes through it step by step.

targetScope = 'resourceGroup'

@description('Where everything is kept. UK South keeps the data in the United Kingdom.')
param location string = resourceGroup().location

@description('Begins every name; lower-case letters and digits, 3 to 11 of them.')
@minLength(3)
@maxLength(11)
param name string = 'steward'

@description('The container image, as registry/repository:tag: what was pushed in step 2 of docs/deploy.md.')
param image string

@description('Name of the container registry in this resource group that the image is pulled from. Empty for a registry that needs no sign-in.')
param registryName string = ''

@description('The tenants whose people may talk to Steward; the council’s own is always among them.')
param allowedTenants array = []

@description('Where alerts go: the mailbox of whoever looks after Steward.')
param alertEmail string

@description('How many copies run at the least. Two, so that one can be replaced without anybody noticing.')
@minValue(1)
@maxValue(10)
param instances int = 2

@description('How long logs are kept, in days. They hold no names and no narratives.')
@minValue(30)
@maxValue(730)
param logDays int = 90

@description('Network addresses or ranges (CIDR) from which the storage account can be reached beside the app itself: a gateway from which the command line is used. Empty leaves it open to every network; a sign-in is needed all the same.')
param storageAllowedRanges array = []

var suffix = uniqueString(resourceGroup().id)
var storageName = take('${name}${suffix}', 24)
var tenants = union([tenant().tenantId], allowedTenants)

// Azure's built-in roles, by their ids: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
var tableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
var queueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
var registryPull = '7f951dda-4ed3-4680-a7ca-43fe172d538d'

// Who Steward is, towards Teams and towards storage: there is no secret to leak, to rotate or to forget.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-${name}'
  location: location
}

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: storageName
  location: location
  kind: 'StorageV2'
  sku: {
    name: 'Standard_ZRS'
  }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: empty(storageAllowedRanges) ? 'Allow' : 'Deny'
      ipRules: [for range in storageAllowedRanges: {
        value: range
        action: 'Allow'
      }]
      virtualNetworkRules: empty(storageAllowedRanges) ? [] : [
        {
          id: network.properties.subnets[0].id
          action: 'Allow'
        }
      ]
    }
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-01-01' = {
  name: 'vnet-${name}'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.60.0.0/23'
      ]
    }
    subnets: [
      {
        name: 'apps'
        properties: {
          addressPrefix: '10.60.0.0/23'
          delegations: [
            {
              name: 'container-apps'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
          serviceEndpoints: [
            {
              service: 'Microsoft.Storage'
            }
          ]
        }
      }
    ]
  }
}

// A right to the rows of this one account and to nothing else of the subscription.
resource tableRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, identity.id, tableDataContributor)
  scope: storage
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', tableDataContributor)
  }
}

resource queueRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, identity.id, queueDataContributor)
  scope: storage
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', queueDataContributor)
  }
}

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = if (!empty(registryName)) {
  name: empty(registryName) ? 'none' : registryName
}

resource pullRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(registryName)) {
  name: guid(resourceGroup().id, registryName, identity.id, registryPull)
  scope: registry
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', registryPull)
  }
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'log-${name}'
  location: location
  properties: {
    retentionInDays: logDays
    sku: {
      name: 'PerGB2018'
    }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-${name}'
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: logs.id
  }
}

// This version of the interface, since it is the one whose agent takes OpenTelemetry to Application Insights (traces; it takes no metrics there).
resource environment 'Microsoft.App/managedEnvironments@2024-10-02-preview' = {
  name: 'cae-${name}'
  location: location
  properties: {
    appLogsConfiguration: {
      destination: 'azure-monitor'
    }
    appInsightsConfiguration: {
      connectionString: insights.properties.ConnectionString
    }
    openTelemetryConfiguration: {
      tracesConfiguration: {
        destinations: [
          'appInsights'
        ]
      }
    }
    vnetConfiguration: {
      infrastructureSubnetId: network.properties.subnets[0].id
      internal: false
    }
    workloadProfiles: [
      {
        name: 'Consumption'
        workloadProfileType: 'Consumption'
      }
    ]
    zoneRedundant: instances > 1
  }
}

resource environmentLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: environment
  properties: {
    workspaceId: logs.id
    logs: [
      {
        categoryGroup: 'allLogs'
        enabled: true
      }
    ]
  }
}

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: 'ca-${name}'
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    environmentId: environment.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        targetPort: 3978
        transport: 'http'
        allowInsecure: false
      }
      registries: empty(registryName) ? [] : [
        {
          server: '${registryName}.azurecr.io'
          identity: identity.id
        }
      ]
    }
    template: {
      // What is in flight is finished before an instance goes: see "graceful" in docs/deploy.md.
      terminationGracePeriodSeconds: 60
      containers: [
        {
          name: 'steward'
          image: image
          resources: {
            cpu: json('0.5')
            memory: '1Gi'
          }
          env: [
            {
              name: 'BOT_TYPE'
              value: 'managed'
            }
            {
              name: 'BOT_APP_ID'
              value: identity.properties.clientId
            }
            {
              name: 'BOT_TENANT_ID'
              value: identity.properties.tenantId
            }
            {
              name: 'TENANTS'
              value: join(tenants, ',')
            }
            {
              name: 'STORAGE_ACCOUNT'
              value: storage.name
            }
            {
              // Which of a machine's identities storage is asked as.
              name: 'AZURE_CLIENT_ID'
              value: identity.properties.clientId
            }
          ]
          probes: [
            {
              type: 'Startup'
              httpGet: {
                path: '/healthz'
                port: 3978
              }
              periodSeconds: 2
              failureThreshold: 30
            }
            {
              type: 'Liveness'
              httpGet: {
                path: '/healthz'
                port: 3978
              }
              periodSeconds: 30
              failureThreshold: 3
            }
            {
              type: 'Readiness'
              httpGet: {
                path: '/readyz'
                port: 3978
              }
              periodSeconds: 10
              failureThreshold: 3
            }
          ]
        }
      ]
      scale: {
        minReplicas: instances
        maxReplicas: max(instances, 4)
      }
    }
  }
  dependsOn: [
    tableRole
    queueRole
    pullRole
  ]
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: 'bot-${name}-${suffix}'
  location: 'global'
  kind: 'azurebot'
  sku: {
    name: 'F0'
  }
  properties: {
    displayName: 'Steward'
    description: 'Keeps an improvement plan honest.'
    endpoint: 'https://${app.properties.configuration.ingress.fqdn}/api/messages'
    msaAppId: identity.properties.clientId
    msaAppMSIResourceId: identity.id
    msaAppTenantId: identity.properties.tenantId
    msaAppType: 'UserAssignedMSI'
    disableLocalAuth: true
    schemaTransformationVersion: '1.3'
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: {
      isEnabled: true
      deploymentEnvironment: 'CommercialDeployment'
    }
  }
}

resource mailbox 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${name}'
  location: 'global'
  properties: {
    groupShortName: 'Steward'
    enabled: true
    emailReceivers: [
      {
        name: 'whoever looks after Steward'
        emailAddress: alertEmail
        useCommonAlertSchema: true
      }
    ]
  }
}

// What is worth waking somebody for, as questions to the logs. `event` is the fixed text of a log line: docs/operate.md lists them.
var alerts = [
  {
    name: 'month-late'
    severity: 1
    minutes: 15
    text: 'A step of a month (open, remind, close, publish) should have happened and did not.'
    query: 'ContainerAppConsoleLogs | where Log has "a step of a month comes late"'
  }
  {
    name: 'put-aside'
    severity: 2
    minutes: 15
    text: 'Work for a plan failed five times and was set aside: steward poison list.'
    query: 'ContainerAppConsoleLogs | where Log has "it was set aside"'
  }
  {
    name: 'turns-failing'
    severity: 2
    minutes: 15
    text: 'People are being told that something failed.'
    query: 'ContainerAppConsoleLogs | where Log has "a turn failed"'
  }
  {
    name: 'out-of-reach'
    severity: 1
    minutes: 15
    text: 'Storage or its queue does not answer.'
    query: 'ContainerAppConsoleLogs | where Log has "is out of reach"'
  }
  {
    name: 'unconfirmed'
    severity: 3
    minutes: 60
    text: 'A message may or may not have arrived; it is listed to the programme officer, and never sent again by itself.'
    query: 'ContainerAppConsoleLogs | where Log has "a message was being sent when its process stopped"'
  }
]

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-03-15-preview' = [for alert in alerts: {
  name: 'alert-${name}-${alert.name}'
  location: location
  kind: 'LogAlert'
  properties: {
    displayName: 'Steward: ${alert.text}'
    description: '${alert.text} What to do: docs/operate.md.'
    severity: alert.severity
    enabled: true
    scopes: [
      logs.id
    ]
    evaluationFrequency: 'PT${alert.minutes}M'
    windowSize: 'PT${alert.minutes}M'
    // The table is there once the first container has logged.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: alert.query
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: {
      actionGroups: [
        mailbox.id
      ]
    }
  }
}]

// No instance running at all says nothing in the logs, so this one looks at the platform's own count.
resource silent 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'alert-${name}-nobody-home'
  location: 'global'
  properties: {
    description: 'No instance of Steward is running.'
    severity: 1
    enabled: true
    scopes: [
      app.id
    ]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'replicas'
          criterionType: 'StaticThresholdCriterion'
          metricName: 'Replicas'
          metricNamespace: 'Microsoft.App/containerapps'
          operator: 'LessThan'
          threshold: 1
          timeAggregation: 'Maximum'
        }
      ]
    }
    actions: [
      {
        actionGroupId: mailbox.id
      }
    ]
  }
}

@description('The bot’s id: what `npm run package -- --bot-id` takes.')
output botId string = identity.properties.clientId

@description('What the command line is given as STORAGE_ACCOUNT.')
output storageAccount string = storage.name

@description('Where Steward answers: `steward doctor --url` looks there.')
output url string = 'https://${app.properties.configuration.ingress.fqdn}'
